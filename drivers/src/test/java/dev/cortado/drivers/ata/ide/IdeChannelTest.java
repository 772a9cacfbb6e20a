package dev.cortado.drivers.ata.ide;

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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IdeChannelTest extends PacketDriveCase {
    private final AtaDiskModel disk = new AtaDiskModel(DISK_BYTES);

    IdeChannelTest() {
        super("drive 1");
    }

    @Override
    protected IdeModel model(long seed) {
        disk.queues = false;
        return new IdeModel(memory, source, seed, disk);
    }

    @Override
    protected ControllerLife start(long patience) throws IOException, InterruptedException {
        return IdeChannel.start(model.access(), patience, problems::add);
    }

    @Override
    protected PacketDriveModel driveWith(ControllerModel chosen, byte[] disc) {
        PacketDriveModel drive = new PacketDriveModel(disc);
        ((IdeModel) chosen).drive = drive;
        return drive;
    }

    @Test
    void aDriveIsADisk() throws Exception {
        BlockDevice found = begin(model(1), PATIENCE);
        assertEquals(List.of("drive 0"), life.disks().stream().map(ControllerDisk::place).toList());
        assertEquals("QM00005", found.serialNumber());
        assertEquals(1L << 32, found.addressLimit());
        found.read(512, buffer(8192), 0, 4096);
        found.flush();
        found.discard(512, 1024);
        assertEquals(List.of("read 1 8", "flush", "trim 1+2"), model.takeCommands());
    }

    /** Regions end at borders of 64 KiB, wherever a buffer begins. */
    @Test
    void aMebibyteIsOneCommand() throws Exception {
        BlockDevice found = begin(model(2), PATIENCE);
        for (int i = 0; i < DISK_BYTES; i++) {
            disk.bytes[i] = (byte) (i * 31 ^ i >> 8);
        }
        DeviceBlock buffer = buffer(2 << 20);
        for (int offset : new int[] {0, 4, 512, 65532}) {
            found.read(0, buffer, offset, DISK_BYTES);
            byte[] read = new byte[DISK_BYTES];
            memory.copyOut(buffer.address() + offset, read, 0, DISK_BYTES);
            assertTrue(Arrays.equals(disk.bytes, read));
        }
        assertEquals(4, model.takeCommands().size());
    }

    @Test
    void aDriveOfOldIsUsed() throws Exception {
        disk.isLong = false;
        disk.trims = false;
        BlockDevice found = begin(model(3), PATIENCE);
        found.write(512, buffer(1 << 20), 0, 256 << 10);
        found.flush();
        found.discard(0, 512);
        assertEquals(List.of("write 1 256", "write 257 256", "flush"), model.takeCommands());
        hammer(found, 4, 30);
    }

    @Test
    void anErrorSaysWhat() throws Exception {
        BlockDevice found = begin(model(4), PATIENCE);
        DeviceBlock buffer = buffer(4096);
        model.behaviour = IdeModel.Behaviour.FAILING;
        IOException error = assertThrows(IOException.class, () -> found.read(0, buffer, 0, 512));
        assertEquals(
                "device drive 0: command 0x25 with 1 blocks at 0: status 0x51, error 0x40",
                error.getMessage());
    }

    /** Who calls cannot be interrupted, not even while the drive is not ready. */
    @Test
    void anInterruptIsForAfterwards() throws Exception {
        BlockDevice found = begin(model(6), PATIENCE);
        DeviceBlock buffer = buffer(4096);
        ((IdeModel) model).busyReads = 10;
        Thread.currentThread().interrupt();
        try {
            found.read(0, buffer, 0, 512);
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(List.of("read 0 1"), model.takeCommands());
    }

    /** It stays so until it is reset. */
    @Test
    void aDriveThatIsNeverReadyIsReset() throws Exception {
        BlockDevice found = begin(model(7), PATIENCE);
        DeviceBlock buffer = buffer(4096);
        ((IdeModel) model).busyReads = Integer.MAX_VALUE;
        IOException error = assertThrows(IOException.class, () -> found.read(0, buffer, 0, 512));
        assertEquals("device: drive 0 takes no command", error.getMessage());
        assertFalse(life.isAlive());
    }

    /** What a channel does not reach is refused. */
    @Test
    void addressesHave32Bits() throws Exception {
        BlockDevice found = begin(model(5), PATIENCE);
        DeviceBlock high = new DeviceBlock(0x1000, 0x1_0000_0000L, 4096);
        assertThrows(IllegalArgumentException.class, () -> found.read(0, high, 0, 512));
    }
}
