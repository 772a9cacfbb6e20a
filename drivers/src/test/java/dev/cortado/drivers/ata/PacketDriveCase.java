package dev.cortado.drivers.ata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.controller.ControllerCase;
import dev.cortado.drivers.block.controller.ControllerModel;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the driver of every controller that has a drive for CDs beside its disk. */
public abstract class PacketDriveCase extends ControllerCase {
    private final String place;

    /**
     * @param place the driver's name of where the drive is
     */
    protected PacketDriveCase(String place) {
        this.place = place;
    }

    /** The model's drive, with that disc in it. */
    protected abstract PacketDriveModel driveWith(ControllerModel chosen, byte[] disc);

    private static byte[] disc() {
        byte[] disc = new byte[64 * PacketDriveModel.BLOCK_BYTES];
        new Random(64).nextBytes(disc);
        return disc;
    }

    private PacketDriveModel beginWithDisc(long seed, long patience) throws Exception {
        ControllerModel chosen = model(seed);
        PacketDriveModel drive = driveWith(chosen, disc());
        begin(chosen, patience);
        return drive;
    }

    /** Starts the driver over a model whose drive has a disc. */
    protected final PacketDriveModel beginWithDisc() throws Exception {
        return beginWithDisc(8, PATIENCE);
    }

    protected final BlockDevice foundDisc() {
        assertEquals(2, life.disks().size(), problems.toString());
        assertEquals(place, life.disks().getLast().place());
        return life.disks().getLast().disk();
    }

    /** It has told of its reset before. */
    @Test
    void aDiscIsReadAndNotWritten() throws Exception {
        byte[] disc = beginWithDisc().disc;
        BlockDevice found = foundDisc();
        assertTrue(found.isDisc() && found.isReadOnly() && !found.canDiscard());
        assertEquals(PacketDriveModel.BLOCK_BYTES, found.blockBytes());
        assertEquals(disc.length, found.bytes());
        DeviceBlock buffer = buffer(disc.length);
        found.read(2048, buffer, 0, disc.length - 2048);
        byte[] read = new byte[disc.length - 2048];
        memory.copyOut(buffer.address(), read, 0, read.length);
        assertArrayEquals(Arrays.copyOfRange(disc, 2048, disc.length), read);
        assertThrows(IOException.class, () -> found.write(0, buffer, 0, 2048));
        assertThrows(IllegalArgumentException.class, () -> found.read(0, buffer, 0, 512));
        found.flush();
    }

    @Test
    void anotherDiscIsNotReadAsIfItWereTheFirst() throws Exception {
        PacketDriveModel drive = beginWithDisc();
        BlockDevice found = foundDisc();
        DeviceBlock buffer = buffer(2048);
        drive.insert(null);
        IOException none = assertThrows(IOException.class, () -> found.read(0, buffer, 0, 2048));
        assertTrue(none.getMessage().endsWith("not ready (0x3a, 0x00)"), none.getMessage());
        drive.insert(disc());
        for (int i = 0; i < 3; i++) {
            IOException other =
                    assertThrows(IOException.class, () -> found.read(0, buffer, 0, 2048));
            assertTrue(other.getMessage().endsWith("its disc was changed"), other.getMessage());
        }
        assertTrue(life.isAlive());
        life.disks().getFirst().disk().read(0, buffer, 0, 512);
    }

    @Test
    void lessThanWasAskedForIsAnError() throws Exception {
        PacketDriveModel drive = beginWithDisc();
        BlockDevice found = foundDisc();
        drive.withheld = 2;
        DeviceBlock buffer = buffer(4096);
        IOException error = assertThrows(IOException.class, () -> found.read(0, buffer, 0, 4096));
        assertTrue(error.getMessage().endsWith("less was moved"), error.getMessage());
    }

    /** What is behind the disc's end, it says itself. */
    @Test
    void aDrivesReasonsAreSaid() throws Exception {
        PacketDriveModel drive = beginWithDisc();
        BlockDevice found = foundDisc();
        drive.disc = Arrays.copyOf(drive.disc, 2048);
        DeviceBlock buffer = buffer(4096);
        IOException error = assertThrows(IOException.class, () -> found.read(0, buffer, 0, 4096));
        assertTrue(error.getMessage().endsWith("illegal request (0x21, 0x00)"), error.toString());
        found.read(0, buffer, 0, 2048);
    }

    /** It takes packets or not, wants more of them, is busy for ever, says what it likes. */
    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43, 44, 45, 46})
    void aHostileDriveHangsNobody(long seed) throws Exception {
        PacketDriveModel drive = beginWithDisc(seed, SHORT_PATIENCE);
        if (life.disks().size() < 2) {
            return; // on a busy machine, an honest drive may seem silent for so long
        }
        BlockDevice found = foundDisc();
        DeviceBlock buffer = buffer(8192);
        model.behaviour = ControllerModel.Behaviour.WILD;
        int errors = 0;
        for (int i = 0; i < 200; i++) {
            drive.withheld = i % 7;
            try {
                found.read(2048L * (i % 60), buffer, 0, 8192);
            } catch (IOException e) {
                errors++;
            }
        }
        assertTrue(errors > 0);
    }
}
