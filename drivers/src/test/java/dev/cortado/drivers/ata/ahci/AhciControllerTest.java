package dev.cortado.drivers.ata.ahci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.ata.AtaDiskModel;
import dev.cortado.drivers.ata.PacketDriveModel;
import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.controller.ControllerCase;
import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.ControllerLife;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AhciControllerTest extends ControllerCase {
    private final AtaDiskModel disk = new AtaDiskModel(DISK_BYTES);

    @Override
    protected AhciModel model(long seed) {
        return new AhciModel(memory, source, seed, disk);
    }

    @Override
    protected ControllerLife start(long patience) throws IOException, InterruptedException {
        return AhciController.start(model.access(), patience, problems::add);
    }

    @Test
    void onlyDisksAreDisks() throws Exception {
        BlockDevice found = begin(model(1), PATIENCE);
        assertEquals(List.of("port 0"), life.disks().stream().map(ControllerDisk::place).toList());
        assertEquals("QM00005", found.serialNumber());
        assertTrue(found.canDiscard());
        DeviceBlock buffer = buffer(1 << 20);
        found.read(512, buffer, 0, 40 << 10);
        found.flush();
        found.discard(1024, 512 * 100_000 % DISK_BYTES);
        found.write(0, buffer, 0, 1 << 20);
        assertEquals(
                List.of("read 1 80", "flush", "trim 2+1696", "write 0 2048"), model.takeCommands());
    }

    @Test
    void aDiskOfOldIsUsed() throws Exception {
        disk.isLong = false;
        disk.queues = false;
        disk.trims = false;
        BlockDevice found = begin(model(2), PATIENCE);
        DeviceBlock buffer = buffer(1 << 20);
        found.read(0, buffer, 0, 256 << 10);
        found.flush();
        found.discard(0, 512);
        assertEquals(List.of("read 0 256", "read 256 256", "flush"), model.takeCommands());
        hammer(found, 4, 30);
    }

    @Test
    void largeBlocksAreCounted() throws Exception {
        disk.blockBytes = 4096;
        BlockDevice found = begin(model(3), PATIENCE);
        assertEquals(4096, found.blockBytes());
        hammer(found, 4, 30);
    }

    /** What was queued beside a command that failed is done. */
    @Test
    void anErrorIsItsCommandsAlone() throws Exception {
        BlockDevice found = begin(model(4), PATIENCE);
        DeviceBlock buffer = buffer(4096);
        model.behaviour = AhciModel.Behaviour.FAILING;
        IOException error = assertThrows(IOException.class, () -> found.read(0, buffer, 0, 512));
        assertEquals(
                "device port 0: command 0x25 with 1 blocks at 0: status 0x41, error 0x40",
                error.getMessage());
    }

    @Test
    void aDiskThatIsPulledOutIsAnError() throws Exception {
        BlockDevice found = begin(model(5), PATIENCE);
        AhciModel made = (AhciModel) model;
        DeviceBlock buffer = buffer(4096);
        made.behaviour = AhciModel.Behaviour.SILENT;
        made.pullOut();
        IOException error = assertThrows(IOException.class, () -> found.read(0, buffer, 0, 512));
        assertTrue(error.getMessage().contains("not there any more"), error.getMessage());
        assertFalse(life.isAlive());
    }

    /** Or its interrupt would come for ever, and what was under way would not. */
    @Test
    void aLinkThatWasInterruptedEndsTheDriver() throws Exception {
        BlockDevice found = begin(model(7), PATIENCE);
        AhciModel made = (AhciModel) model;
        DeviceBlock buffer = buffer(4096);
        made.interruptLink();
        IOException error = assertThrows(IOException.class, () -> found.read(0, buffer, 0, 512));
        assertTrue(error.getMessage().contains("its link was lost"), error.getMessage());
        assertFalse(life.isAlive());
        assertFalse(made.saysThatLinkChanged());
    }

    @Test
    void theFirmwareLetsGo() throws Exception {
        AhciModel made = model(6);
        made.hasFirmware = true;
        begin(made, PATIENCE).flush();
        assertEquals(List.of("flush"), model.takeCommands());
    }

    private static byte[] disc() {
        byte[] disc = new byte[64 * PacketDriveModel.BLOCK_BYTES];
        new Random(64).nextBytes(disc);
        return disc;
    }

    private PacketDriveModel beginWithDisc() throws Exception {
        AhciModel made = model(8);
        made.drive.insert(disc());
        begin(made, PATIENCE);
        return made.drive;
    }

    private BlockDevice foundDisc() {
        assertEquals(2, life.disks().size(), problems.toString());
        assertEquals("port 2", life.disks().getLast().place());
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

    /** All of it was moved, and the drive says that all is well. */
    @Test
    void damagedDataIsAnError() throws Exception {
        beginWithDisc();
        BlockDevice found = foundDisc();
        AhciModel made = (AhciModel) model;
        made.damagesPackets = true;
        DeviceBlock buffer = buffer(4096);
        IOException error = assertThrows(IOException.class, () -> found.read(0, buffer, 0, 4096));
        assertTrue(error.getMessage().contains("has not carried it out"), error.getMessage());
        made.damagesPackets = false;
        found.read(0, buffer, 0, 4096);
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

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43, 44, 45, 46})
    void aHostileDriveHangsNobody(long seed) throws Exception {
        AhciModel made = model(seed);
        made.drive.insert(disc());
        begin(made, SHORT_PATIENCE);
        if (life.disks().size() < 2) {
            return; // on a busy machine, an honest drive may seem silent for so long
        }
        BlockDevice found = foundDisc();
        DeviceBlock buffer = buffer(8192);
        made.behaviour = AhciModel.Behaviour.WILD;
        int errors = 0;
        for (int i = 0; i < 200; i++) {
            made.drive.withheld = i % 7;
            try {
                found.read(2048L * (i % 60), buffer, 0, 8192);
            } catch (IOException e) {
                errors++;
            }
        }
        assertTrue(errors > 0);
    }
}
