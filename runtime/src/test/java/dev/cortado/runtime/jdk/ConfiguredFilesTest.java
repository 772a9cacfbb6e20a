package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        files.set(
                mounts(),
                List.of(
                        file("/etc/app/a.conf", "first and long", 0644, false),
                        file("/etc/app/a.conf", "second", 0666, false),
                        file("/etc/app/a.conf", " third", 0600, true),
                        file("/run/new", "n", 0755, true),
                        file("/motd", "of the root", 0444, false)));
        files.write(tree);
        assertEquals("second third", content("/etc/app/a.conf"));
        assertEquals(0600, permissions("/etc/app/a.conf"));
        assertEquals(0755, permissions("/etc/app"));
        assertEquals("n", content("/run/new"));
        assertEquals(0755, permissions("/run/new"));
        assertEquals("of the root", content("/motd"));
    }

    @Test
    void theCommandLineCountsMoreThanTheSourcesAndTheseMoreThanTheImage() throws Exception {
        List<MountSpec> built = mounts("/built=vda:ext4").value();
        assertEquals("/built", files.mounts(null, built).getFirst().path());
        files.set(mounts("/said=vda:ext4"), List.of());
        assertEquals("/said", files.mounts(null, built).getFirst().path());
        List<MountSpec> commandLine = mounts("/line=vda:ext4").value();
        assertEquals("/line", files.mounts(commandLine, built).getFirst().path());
        assertEquals(List.of(), files.mounts(List.of(), built));
    }

    @Test
    void whatCannotBeWrittenEndsTheStartIfNothingMayBeLeftOut() throws Exception {
        files.set(mounts(), List.of(file("/etc/a", "x".repeat((int) SIZE * 2), 0644, false)));
        MountException e = assertThrows(MountException.class, () -> files.write(tree));
        assertEquals("NoCloud: /etc/a: No space left on device", e.getMessage());
    }
}
