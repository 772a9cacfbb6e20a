package dev.cortado.runtime.file.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ninep.SharedFolder;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shared folder mounted as a disk would be. */
@EnabledOnOs(OS.LINUX)
final class FolderKindTest {
    private final FileTree tree = new FileTree(new TmpFileSystem(1 << 20, 100, () -> 0), 0);
    private final List<String> log = new ArrayList<>();
    private final MountSet mounted = new MountSet(log::add);
    private final FolderKind kind =
            FolderKind.ninep(
                    (type, tag) -> {
                        if (!tag.equals("share0")) {
                            throw new MountException("the host shares no folder as " + tag);
                        }
                        return SharedFolder.server();
                    },
                    log::add);

    private void mount(String spec) throws MountException {
        MountPlan plan = new MountPlan(List.of(MountSpec.parse(spec, "the test")));
        new Mounter(tree, List.of(), List.of(kind), mounted, log::add).mount(plan);
    }

    @Test
    void itIsMountedAndTold() throws Exception {
        mount("/src=share0:9p");
        assertEquals(List.of("/src: 9p of share0, 3.9 MiB, 1.9 MiB used, by the test"), log);
        byte[] path = "/src/f".getBytes();
        var file = tree.open(null, path, OpenFlags.CREATE | OpenFlags.READ_WRITE, 0600);
        file.write(ByteBuffer.wrap(new byte[7]));
        file.close();
        assertEquals(7, tree.attributes(null, path, true).size());
        mounted.commit();
        mounted.unmount();
        FileException e = assertThrows(FileException.class, () -> tree.unlink(null, path));
        assertEquals(Errno.EROFS, e.errno());
    }

    /** Each type has its own folders, though tags may be alike. */
    @Test
    void aTypeAsksForItsOwnFolders() throws Exception {
        List<String> asked = new ArrayList<>();
        FolderKind.Folders none =
                (type, tag) -> {
                    asked.add(tag + ":" + type);
                    throw new MountException("none");
                };
        List<FileSystemKind> kinds =
                List.of(FolderKind.ninep(none, log::add), FolderKind.virtiofs(none, log::add));
        for (String type : List.of("9p", "virtiofs")) {
            MountPlan plan =
                    new MountPlan(List.of(MountSpec.parse("/src=share0:" + type, "the test")));
            Mounter mounter = new Mounter(tree, List.of(), kinds, mounted, log::add);
            assertThrows(MountException.class, () -> mounter.mount(plan));
        }
        assertEquals(List.of("share0:9p", "share0:virtiofs"), asked);
        MountPlan plan =
                new MountPlan(List.of(MountSpec.parse("/src=share0:virtiofs,cache=none", "it")));
        Mounter mounter = new Mounter(tree, List.of(), kinds, mounted, log::add);
        MountException e = assertThrows(MountException.class, () -> mounter.mount(plan));
        assertEquals("/src: virtiofs has no option \"cache=none\", by it", e.getMessage());
    }

    /** A second session on the way to it would be the end of the first one. */
    @Test
    void oneFolderIsMountedOnce() throws Exception {
        mount("/src=share0:9p");
        MountException e = assertThrows(MountException.class, () -> mount("/other=share0:9p"));
        assertEquals("/other: share0 is mounted on /src, by the test", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "/src=other:9p, the host shares no folder as other",
        "/src=:9p, '9p needs the tag of a folder, such as share0'",
        "'/src=share0:9p,grow', format-if-blank and grow are for ext4",
        "'/src=share0:9p,discard', 9p has no option \"discard\"",
    })
    void whatCannotBeMountedSaysWhy(String spec, String message) {
        MountException e = assertThrows(MountException.class, () -> mount(spec));
        assertEquals("/src: " + message + ", by the test", e.getMessage());
    }
}
