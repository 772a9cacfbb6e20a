package dev.cortado.drivers.ata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Another block would be read if an address lost its upper bits. */
    @Test
    void moreThanAShortAddressSaysIsRefused() throws IOException {
        disk.isLong = false;
        byte[] identity = disk.identity();
        identity[510] = 0;
        ByteBuffer data = ByteBuffer.wrap(identity).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(120, 0x0fff_ffff);
        assertEquals(0x0fff_ffff, AtaIdentity.of("disk", identity).blocks());
        data.putInt(120, 0x1000_0000);
        IOException error = assertThrows(IOException.class, () -> AtaIdentity.of("disk", identity));
        assertEquals("disk: 268435456 blocks", error.getMessage());
    }

    /** Of old disks, the word that tells of command sets says nothing. */
    @ParameterizedTest
    @ValueSource(bytes = {0, -1})
    void aWordThatIsNotValidSaysNothing(byte filling) throws IOException {
        byte[] identity = disk.identity();
        identity[510] = 0;
        identity[166] = filling;
        identity[167] = filling;
        AtaIdentity found = AtaIdentity.of("disk", identity);
        assertFalse(found.isLong());
        assertEquals(0, found.flush());
        assertEquals(2048, found.blocks());
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
