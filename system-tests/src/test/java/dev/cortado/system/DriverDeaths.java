package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What {@link Program#files()} says of the deaths of a disk's driver that it has caused, and
 * whether nothing was lost by them.
 */
public final class DriverDeaths {
    /** MiB of a disk that has room for all files of theirs. */
    public static final int LEAST_DISK = 64;

    private static final int FILES = 16;

    /** What is made of such pieces when it is needed first; a driver's frames are smaller. */
    private static final long BUFFER_BYTES = 64 << 10;

    private static final long MOST_BUFFERS_BYTES = 5 << 20;

    private DriverDeaths() {}

    /** How many a console tells of. */
    public static long count(String console) {
        return console.lines().filter(line -> line.contains(" has died and is ")).count();
    }

    /**
     * Looks at the end of a guest, and at its disk.
     *
     * @param least deaths
     * @param directory for copies of files
     */
    public static void check(String console, int least, DiskImage disk, Path directory)
            throws IOException {
        assertTrue(count(console) >= least, console);
        assertFalse(console.contains("failed: "), console);
        List<String> lines = console.lines().toList();
        String more = lines.getLast().replaceAll("frames: (-?\\d+) bytes more", "$1");
        assertTrue(more.matches("-?\\d+"), console);
        long bytes = Long.parseLong(more);
        assertTrue(bytes % BUFFER_BYTES == 0 && bytes <= MOST_BUFFERS_BYTES, more + " bytes");
        disk.check();
        List<String> sums = lines.stream().filter(line -> line.startsWith("sum ")).toList();
        for (String line : sums) {
            String[] words = line.split(" ");
            Path copy = directory.resolve(words[1]);
            disk.debug("dump " + words[1] + " " + copy);
            CRC32 crc = new CRC32();
            crc.update(Files.readAllBytes(copy));
            Files.delete(copy);
            assertEquals(words[2], Long.toHexString(crc.getValue()), words[1]);
        }
        assertEquals(FILES, sums.size(), console);
    }
}
