package dev.cortado.runtime.configuration.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class MediumFilesTest {
    private final TmpFileSystem fileSystem = new TmpFileSystem(1 << 20, 100, () -> 1);
    private final MediumFiles files = new MediumFiles(fileSystem);

    @Test
    void filesAreReadByTheirPaths() throws Exception {
        Inode directory =
                fileSystem.makeDirectory(fileSystem.root(), FileName.of("openstack"), 0755);
        Inode file = fileSystem.create(directory, FileName.of("user_data"), 0644);
        byte[] content = new byte[100_000];
        content[99_999] = 7;
        fileSystem.write(file, 0, ByteBuffer.wrap(content));
        assertArrayEquals(content, files.read("openstack/user_data", 100_000));
        IOException e =
                assertThrows(IOException.class, () -> files.read("openstack/user_data", 99_999));
        assertEquals("it has 100000 bytes; it may have 99999", e.getMessage());
        assertNull(files.read("openstack/other", 100));
        assertNull(files.read("other/user_data", 100));
        assertNull(files.read("openstack/user_data/x", 100));
        assertThrows(IOException.class, () -> files.read("openstack", 100_000));
    }
}
