package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JavaHomeTest {
    @Test
    void hasWhatProgramsLookFor() {
        List<String> files = JavaHome.files();
        for (String each :
                List.of(
                        "conf/security/java.security",
                        "conf/security/policy/unlimited/default_local.policy",
                        "conf/logging.properties",
                        "conf/net.properties",
                        "lib/security/cacerts",
                        "lib/security/public_suffix_list.dat",
                        "lib/tzdb.dat",
                        "release")) {
            assertTrue(files.contains(each), each + " of " + files);
        }
        assertFalse(files.contains("lib/modules"), "nobody compiles in a guest");
        assertEquals(files.stream().distinct().count(), files.size());
    }

    /** So an image that has a file for two reasons has it once. */
    @Test
    void readsEachFileOnce() throws IOException {
        byte[] first = JavaHome.read("lib/tzdb.dat");
        assertTrue(first == JavaHome.read("lib/tzdb.dat"), "the same array");
        Path file = Path.of(System.getProperty("java.home"), "lib", "tzdb.dat");
        assertArrayEquals(Files.readAllBytes(file), first);
    }
}
