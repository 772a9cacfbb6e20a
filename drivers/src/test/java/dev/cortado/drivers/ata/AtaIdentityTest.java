package dev.cortado.drivers.ata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AtaIdentityTest {
    private final AtaDiskModel disk = new AtaDiskModel(1 << 20);

    @Test
    void aDiskIsWhatItSays() throws IOException {
        AtaIdentity identity = AtaIdentity.of("disk", disk.identity());
        assertEquals(
                new AtaIdentity("QM00005", 2048, 512, true, 32, AtaCommand.FLUSH_CACHE_EXT, true),
                identity);
        disk.blockBytes = 4096;
        disk.isLong = false;
        assertEquals(
                new AtaIdentity("QM00005", 256, 4096, false, 0, AtaCommand.FLUSH_CACHE, false),
                AtaIdentity.of("disk", disk.identity()));
        disk.flushes = false;
        assertEquals(0, AtaIdentity.of("disk", disk.identity()).flush());
    }

    @Test
    void whatIsDamagedIsRefused() {
        byte[] identity = disk.identity();
        identity[200] ^= 1;
        IOException error = assertThrows(IOException.class, () -> AtaIdentity.of("disk", identity));
        assertEquals("disk: its identity has a wrong checksum", error.getMessage());
    }

    @Test
    void whatHasNoDmaIsRefused() {
        byte[] identity = disk.identity();
        identity[510] = 0;
        identity[99] = 0;
        assertThrows(IOException.class, () -> AtaIdentity.of("disk", identity));
    }

    /** Whatever it says, there is an identity or an error. */
    @Test
    void anyBytesAreReadOrRefused() {
        Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            byte[] identity = disk.identity();
            identity[510] = 0;
            for (int j = 0; j < 10; j++) {
                identity[random.nextInt(512)] = (byte) random.nextInt();
            }
            try {
                AtaIdentity found = AtaIdentity.of("disk", identity);
                AtaDisk.of("disk", null, found, 1 << 20, 1L << 32);
            } catch (IOException e) {
                // So be it.
            }
        }
    }
}
