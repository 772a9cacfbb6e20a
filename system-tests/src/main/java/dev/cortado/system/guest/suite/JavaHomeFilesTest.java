package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is below {@code java.home}: in an image because these tests name it. */
final class JavaHomeFilesTest {
    private static final Path HOME = Path.of(System.getProperty("java.home"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conf/security/java.security",
                "conf/net.properties",
                "conf/logging.properties",
                "release"
            })
    void propertiesCanBeLoaded(String name) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = new FileInputStream(HOME.resolve(name).toFile())) {
            properties.load(in);
        }
        assertFalse(properties.isEmpty());
    }

    /** TzdbZoneRulesProvider's format: a number, and who it is. */
    @Test
    void timeZonesAreThere() throws IOException {
        Path file = HOME.resolve("lib").resolve("tzdb.dat");
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            assertEquals(1, in.read());
            assertEquals("TZDB", in.readUTF());
        }
    }

    @Test
    void trustedCertificatesAreThere() throws IOException {
        Path file = HOME.resolve("lib/security/cacerts");
        assertTrue(Files.size(file) > 10_000, Files.size(file) + " bytes");
    }

    @Test
    void theLibrariesOfTheJdkAreNot() throws IOException {
        Guest.required();
        try (Stream<Path> library = Files.list(HOME.resolve("lib"))) {
            assertEquals(
                    List.of("security", "tzdb.dat"),
                    library.map(each -> each.getFileName().toString()).sorted().toList());
        }
        assertTrue(Files.getFileStore(HOME).isReadOnly());
    }
}
