package dev.cortado.drivers.ata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PacketIdentityTest {
    private static final int SEED = 20261129;

    private final PacketDriveModel drive = new PacketDriveModel(null);

    @Test
    void aDriveIsWhatItSays() throws IOException {
        assertEquals(new PacketIdentity(false), PacketIdentity.of("cd", drive.identity()));
        drive.needsDirection = true;
        assertEquals(new PacketIdentity(true), PacketIdentity.of("cd", drive.identity()));
    }

    /** A disk, a tape, packets of 16 bytes, and a drive that asks for packets by interrupts. */
    @ParameterizedTest
    @ValueSource(ints = {0x05c0, 0x81c0, 0x85c1, 0x85a0})
    void anotherKindIsRefused(int general) {
        drive.general = general;
        assertRefused("no drive for discs");
    }

    @Test
    void whatHasNoDmaIsRefused() {
        drive.capabilities = 0x200;
        assertRefused("no drive for discs");
    }

    private void assertRefused(String why) {
        byte[] identity = drive.identity();
        IOException error =
                assertThrows(IOException.class, () -> PacketIdentity.of("cd", identity));
        assertTrue(error.getMessage().startsWith("cd: " + why), error.getMessage());
    }

    @Test
    void anyBytesAreReadOrRefused() {
        Random random = new Random(SEED);
        byte[] bytes = new byte[AtaIdentity.BYTES];
        for (int i = 0; i < 2000; i++) {
            random.nextBytes(bytes);
            try {
                PacketIdentity.of("cd", bytes);
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith("cd: "), e.getMessage());
            }
        }
    }
}
