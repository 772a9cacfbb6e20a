package dev.cortado.drivers.ata.ahci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.ata.AtaDiskModel;
import dev.cortado.drivers.ata.PacketDriveCase;
import dev.cortado.drivers.ata.PacketDriveModel;
import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.ControllerLife;
import dev.cortado.drivers.block.controller.ControllerModel;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AhciControllerTest extends PacketDriveCase {
    private final AtaDiskModel disk = new AtaDiskModel(DISK_BYTES);

    AhciControllerTest() {
        super("port 2");
    }

    @Override
    protected AhciModel model(long seed) {
        return new AhciModel(memory, source, seed, disk);
    }

    @Override
    protected ControllerLife start(long patience) throws IOException, InterruptedException {
        return AhciController.start(model.access(), patience, problems::add);
    }

    @Override
    protected PacketDriveModel driveWith(ControllerModel chosen, byte[] disc) {
        PacketDriveModel drive = ((AhciModel) chosen).drive;
        drive.insert(disc);
        return drive;
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
}
