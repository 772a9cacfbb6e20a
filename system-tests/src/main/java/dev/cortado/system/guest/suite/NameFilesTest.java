package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files that resolvers other than the machine's read, and that it reads itself. */
final class NameFilesTest {
    private static final Path HOSTS = Path.of("/etc/hosts");

    @Test
    void hostsHasLocalhost() throws IOException {
        Guest.required();
        List<String> lines = Files.readAllLines(HOSTS);
        assertTrue(lines.contains("127.0.0.1 localhost"), lines.toString());
        assertTrue(lines.contains("::1 localhost"), lines.toString());
    }

    @Test
    void theResolversConfigurationIsThere() throws IOException {
        Guest.required();
        assertTrue(new File("/etc/resolv.conf").isFile());
        List<String> lines = Files.readAllLines(Path.of("/etc/resolv.conf"));
        assertTrue(lines.getLast().startsWith("options ndots:"), lines.toString());
    }

    /** RFC 5737's addresses and RFC 2606's names. */
    @Test
    void namesThatAreAddedAreFound() throws IOException {
        Guest.required();
        String line = "192.0.2.77 added.invalid other.invalid\nno line\n";
        Files.writeString(HOSTS, line, StandardOpenOption.APPEND);
        InetAddress added = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 77});
        assertEquals(added, InetAddress.getByName("added.invalid"));
        assertEquals(added, InetAddress.getByName("Other.Invalid"));
        assertEquals("added.invalid", added.getHostName());
        assertThrows(UnknownHostException.class, () -> InetAddress.getByName("line.invalid"));
    }
}
