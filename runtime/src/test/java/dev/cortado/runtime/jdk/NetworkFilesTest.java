package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.network.HostName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NetworkFilesTest {
    private final NetworkFiles files = new NetworkFiles();

    @AfterEach
    void noName() {
        System.clearProperty(BootConfiguration.HOST_NAME_PROPERTY);
    }

    private String hosts() throws FileException {
        FileSystem made = files.make(new TmpFileSystem(1 << 20, 10, () -> 0));
        ByteBuffer bytes = ByteBuffer.allocate(200);
        made.read(made.lookup(made.root(), FileName.of("hosts")), 0, bytes);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    }

    @Test
    void hostsHasLocalhost() throws FileException {
        assertEquals("127.0.0.1 localhost\n::1 localhost\n", hosts());
    }

    @Test
    void hostsHasTheMachinesName() throws FileException {
        System.setProperty(BootConfiguration.HOST_NAME_PROPERTY, "web-1.example.org");
        assertEquals("127.0.0.1 localhost\n127.0.1.1 web-1.example.org\n::1 localhost\n", hosts());
    }

    @Test
    void whatCannotBeAHostsNameIsNone() throws FileException {
        System.setProperty(BootConfiguration.HOST_NAME_PROPERTY, "a\n192.0.2.1 bank");
        assertEquals(null, HostName.own());
        assertEquals("127.0.0.1 localhost\n::1 localhost\n", hosts());
    }

    /** What others want to be there is written before; and the network waits for the program. */
    @Test
    void nobodyIsAskedForNameServersBeforeTheStart() throws FileException {
        FileSystem made = files.make(new TmpFileSystem(1 << 20, 10, () -> 0));
        FileException e =
                assertThrows(
                        FileException.class,
                        () -> made.lookup(made.root(), FileName.of("resolv.conf")));
        assertEquals(Errno.ENOENT, e.errno());
        assertEquals(0755, made.attributes(made.root()).permissions());
    }
}
