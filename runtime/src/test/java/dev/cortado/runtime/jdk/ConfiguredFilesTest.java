package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.ConfiguredFile;
import dev.cortado.runtime.configuration.Sourced;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.MountSpec;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfiguredFilesTest {
    private static final int MASK = 0022;
    private static final long SIZE = 64 << 10;

    private final FileTree tree = new FileTree(new TmpFileSystem(SIZE, 100, () -> 1), MASK);
    private final List<String> problems = new ArrayList<>();
    private final ConfiguredFiles files = new ConfiguredFiles(true);

    private static Sourced<ConfiguredFile> file(
            String path, String content, int permissions, boolean isAppended)
            throws ConfigurationException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new Sourced<>(ConfiguredFile.of(path, bytes, permissions, isAppended), "NoCloud");
    }

    private static Sourced<List<MountSpec>> mounts(String... texts) throws MountException {
        List<MountSpec> specs = new ArrayList<>();
        for (String text : texts) {
            specs.add(MountSpec.parse(text, "NoCloud"));
        }
        return new Sourced<>(specs, "NoCloud");
    }

    private void set(Sourced<List<MountSpec>> mounts, List<Sourced<ConfiguredFile>> all) {
        files.set(mounts, all, problems::add);
    }

    private String content(String path) throws FileException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        OpenFile open = tree.open(null, name, OpenFlags.READ_ONLY, 0);
        ByteBuffer bytes = ByteBuffer.allocate(100);
        open.read(bytes);
        open.close();
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private int permissions(String path) throws FileException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        return tree.attributes(null, name, true).permissions();
    }

    @Test
    void filesAreWrittenWithTheDirectoriesAbove() throws Exception {
        set(
                mounts(),
                List.of(
                        file("/etc/app/a.conf", "first and long", 0644, false),
                        file("/etc/app/a.conf", "second", 0666, false),
                        file("/etc/app/a.conf", " third", 0600, true),
                        file("/run/new", "n", 0755, true)));
        files.write(tree);
        assertEquals("second third", content("/etc/app/a.conf"));
        assertEquals(0600, permissions("/etc/app/a.conf"));
        assertEquals(0755, permissions("/etc/app"));
        assertEquals("n", content("/run/new"));
        assertEquals(0755, permissions("/run/new"));
    }

    @Test
    void directoriesOfTheRootThatNothingIsMountedOnAreInMemory() throws Exception {
        List<MountSpec> built = mounts("/srv=vda:ext4").value();
        set(
                mounts(),
                List.of(
                        file("/etc/a/b", "", 0644, false),
                        file("/etc/c", "", 0644, false),
                        file("/tmp/d", "", 0644, false),
                        file("/srv/e", "", 0644, false)));
        List<MountSpec> all = files.mounts(null, built);
        assertEquals(List.of("/srv", "/etc"), all.stream().map(MountSpec::path).toList());
        assertEquals("tmpfs", all.getLast().type());
        assertEquals("NoCloud", all.getLast().source());
    }

    /** An equals sign is what ends a mount's path where people write one. */
    @Test
    void aDirectoryMayHaveAnyName() throws Exception {
        set(mounts(), List.of(file("/key=value:x,y/a", "", 0644, false)));
        MountSpec mount = files.mounts(null, List.of()).getFirst();
        assertEquals("/key=value:x,y", mount.path());
        assertNull(mount.device());
        assertEquals("tmpfs", mount.type());
    }

    @Test
    void theCommandLineCountsMoreThanTheSourcesAndTheseMoreThanTheImage() throws Exception {
        List<MountSpec> built = mounts("/built=vda:ext4").value();
        assertEquals("/built", files.mounts(null, built).getFirst().path());
        set(mounts("/said=vda:ext4"), List.of());
        assertEquals("/said", files.mounts(null, built).getFirst().path());
        List<MountSpec> commandLine = mounts("/line=vda:ext4").value();
        assertEquals("/line", files.mounts(commandLine, built).getFirst().path());
        assertEquals(List.of(), files.mounts(List.of(), built));
    }

    /** Else the plan of mounts would be too long, and the program not start. */
    @Test
    void filesAreInSoManyDirectoriesOfTheRoot() throws Exception {
        List<Sourced<ConfiguredFile>> all = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            all.add(file("/d" + i % 33 + "/f" + i, "", 0644, false));
        }
        set(mounts(), all);
        assertEquals(68, files.files().size());
        assertEquals(
                List.of(
                        "NoCloud: /d32/f32: files in more than 32 directories of the root; left"
                                + " out",
                        "NoCloud: /d32/f65: files in more than 32 directories of the root; left"
                                + " out"),
                problems);
    }

    @Test
    void theRootsOwnFilesCannotBe() throws Exception {
        set(mounts(), List.of(file("/motd", "", 0644, false)));
        assertEquals(
                List.of(
                        "NoCloud: /motd: the root cannot be changed, only what is in directories;"
                                + " left out"),
                problems);
        assertEquals(List.of(), files.files());
    }

    @Test
    void whatCannotBeWrittenEndsTheStartIfNothingMayBeLeftOut() throws Exception {
        set(mounts(), List.of(file("/etc/a", "x".repeat((int) SIZE * 2), 0644, false)));
        MountException e = assertThrows(MountException.class, () -> files.write(tree));
        assertEquals("NoCloud: /etc/a: No space left on device", e.getMessage());
    }
}
