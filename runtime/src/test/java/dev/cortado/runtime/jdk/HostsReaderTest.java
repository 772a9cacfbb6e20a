package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import dev.cortado.runtime.net.dns.HostsFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HostsReaderTest {
    private static final byte[] PATH = "/etc/hosts".getBytes(StandardCharsets.US_ASCII);

    private long now = 1;
    private final FileTree tree = new FileTree(new TmpFileSystem(4 << 20, 100, () -> now), 0022);
    private final List<String> problems = new ArrayList<>();
    private final HostsReader reader = new HostsReader(problems::add);

    @BeforeEach
    void directory() throws FileException {
        tree.makeDirectory(null, "/etc".getBytes(StandardCharsets.US_ASCII), 0755);
    }

    private void write(String text) throws FileException {
        int flags = OpenFlags.WRITE_ONLY | OpenFlags.CREATE | OpenFlags.TRUNCATE;
        OpenFile file = tree.open(null, PATH, flags, 0644);
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        file.close();
    }

    @Test
    void withoutAFileThereIsNothing() {
        assertNull(reader.changed(tree));
    }

    @Test
    void itIsReadAgainWhenItHasChanged() throws FileException {
        write("192.0.2.1 one\n");
        HostsFile first = reader.changed(tree);
        assertEquals(1, first.names());
        assertNull(reader.changed(tree));
        now++;
        write("192.0.2.2 two\n");
        assertNotNull(reader.changed(tree), "of the same length at another time");
        tree.unlink(null, PATH);
        assertEquals(0, reader.changed(tree).names(), "one that is gone has no names");
        assertNull(reader.changed(tree));
        assertEquals(List.of(), problems);
    }

    @Test
    void whatCannotBeReadIsToldOnce() throws FileException {
        write("# all\n\n192.0.2.1 one\nnobody knows\n192.0.2.3\n");
        assertEquals(1, reader.changed(tree).names());
        assertNull(reader.changed(tree));
        assertEquals(List.of("/etc/hosts: passed over lines that cannot be read: 2"), problems);
    }

    @Test
    void oneThatIsTooLongIsNotRead() throws FileException {
        write("192.0.2.1 one\n" + "#".repeat(HostsReader.MAXIMUM_BYTES));
        assertEquals(0, reader.changed(tree).names());
        assertEquals(List.of("/etc/hosts is too long: no names are read from it"), problems);
    }

    @Test
    void aDirectoryIsNoFile() throws FileException {
        tree.makeDirectory(null, PATH, 0755);
        assertEquals(0, reader.changed(tree).names());
        assertEquals(List.of("/etc/hosts is no file: no names are read from it"), problems);
    }
}
