package dev.cortado.drivers.ata.ide;

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

final class IdeChannelTest extends ControllerCase {
    private final AtaDiskModel disk = new AtaDiskModel(DISK_BYTES);

    @Override
    protected IdeModel model(long seed) {
        disk.queues = false;
        return new IdeModel(memory, source, seed, disk);
    }

    @Override
    protected ControllerLife start(long patience) throws IOException, InterruptedException {
        return IdeChannel.start(model.access(), patience, problems::add);
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

    private static byte[] disc() {
        byte[] disc = new byte[64 * PacketDriveModel.BLOCK_BYTES];
        new Random(64).nextBytes(disc);
        return disc;
    }

    private PacketDriveModel beginWithDisc() throws Exception {
        IdeModel made = model(8);
        made.drive = new PacketDriveModel(disc());
        begin(made, PATIENCE);
        return made.drive;
    }

    private BlockDevice foundDisc() {
        assertEquals(2, life.disks().size(), problems.toString());
        assertEquals("drive 1", life.disks().getLast().place());
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
        IdeModel made = model(seed);
        made.drive = new PacketDriveModel(disc());
        begin(made, SHORT_PATIENCE);
        if (life.disks().size() < 2) {
            return; // on a busy machine, an honest drive may seem silent for so long
        }
        BlockDevice found = foundDisc();
        DeviceBlock buffer = buffer(8192);
        made.behaviour = IdeModel.Behaviour.WILD;
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
