package dev.cortado.drivers.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.DiskTransfer;
import dev.cortado.drivers.block.controller.Request;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks over a transport that carries commands to a model at once. */
final class ScsiScanTest {
    private static final int MEMORY_BYTES = 4 << 20;
    private static final int DISK_BYTES = 1 << 20;

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    private final DeviceFrames frames = new DeviceFrames(source, "test");
    private final List<String> commands = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final ScsiUnitModel unit = new ScsiUnitModel(DISK_BYTES, commands::add);
    private Random wild;

    private final class Wire implements ScsiTransport {
        @Override
        public String name() {
            return "wire";
        }

        @Override
        public int targets() {
            return 3;
        }

        @Override
        public int mostBytes() {
            return 256 << 10;
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public <T> Request<T> begin(
                ScsiAddress address, ScsiCommand command, Conclusion<T> conclusion, boolean waits)
                throws IOException {
            return Request.ended(conclusion.conclude(answer(address, command)));
        }

        private ScsiAnswer answer(ScsiAddress address, ScsiCommand command) {
            if (address.target() != 1) {
                return ScsiAnswer.undelivered(ScsiAnswer.Delivery.ABSENT, 0x11);
            }
            byte[] out = command.list();
            if (command.isWrite() && command.bytes() > 0) {
                out = new byte[command.bytes()];
                memory.copyOut(source.address(command.address()), out, 0, out.length);
            }
            ScsiUnitModel.Response response = unit.run(address.unit(), command.block(), out);
            if (wild != null && wild.nextInt(4) == 0) {
                response = ScsiUnitModel.mutated(response, wild);
            }
            byte[] data = response.data();
            assertTrue(data.length <= command.bytes());
            if (data.length > 0) {
                memory.copyIn(data, 0, source.address(command.address()), data.length);
            }
            boolean isShort = data.length + response.moved() < command.length();
            return new ScsiAnswer(
                    isShort ? ScsiAnswer.Delivery.SHORT : ScsiAnswer.Delivery.DONE,
                    0,
                    response.status(),
                    response.sense());
        }
    }

    private List<ControllerDisk> scan() throws IOException {
        return ScsiScan.disks(new Wire(), frames, memory, problems::add);
    }

    private BlockDevice disk() throws IOException {
        return scan().getFirst().disk();
    }

    private DeviceBlock buffer(int bytes) throws IOException {
        return frames.allocate(bytes, BuddyAllocator.NO_LIMIT);
    }

    @Test
    void aDiskIsWhatItSays() throws IOException {
        BlockDevice disk = disk();
        assertEquals("UNIT-3", disk.serialNumber());
        assertEquals(DISK_BYTES, disk.bytes());
        assertEquals(512, disk.blockBytes());
        assertTrue(disk.canDiscard() && !disk.isReadOnly());
        disk.read(512, buffer(1 << 20), 0, 512 << 10);
        disk.flush();
        disk.discard(0, 512 * 2000);
        assertEquals(List.of("read 1 512", "read 513 512", "flush", "unmap 0 2000"), commands);
        assertEquals(List.of(), problems);
    }

    /** What the disk allows is less than what the adapter does. */
    @Test
    void limitsOfTheDiskHold() throws IOException {
        unit.blockBytes = 1024;
        BlockDevice disk = disk();
        disk.write(0, buffer(1 << 20), 0, 1 << 20);
        assertEquals(
                List.of("write 0 256", "write 256 256", "write 512 256", "write 768 256"),
                commands);
    }

    @Test
    void aDiskOfOldIsUsed() throws IOException {
        unit.knowsLong = false;
        unit.knowsPages = false;
        BlockDevice disk = disk();
        assertEquals("", disk.serialNumber());
        assertEquals(DISK_BYTES, disk.bytes());
        assertFalse(disk.canDiscard());
    }

    @Test
    void eachUnitIsADisk() throws IOException {
        unit.units = List.of(0, 3, 300);
        assertEquals(
                List.of("target 1 unit 0", "target 1 unit 3", "target 1 unit 300"),
                scan().stream().map(ControllerDisk::place).toList());
    }

    @Test
    void whatIsProtectedIsReadOnly() throws IOException {
        unit.isReadOnly = true;
        BlockDevice disk = disk();
        assertTrue(disk.isReadOnly());
        DeviceBlock buffer = buffer(4096);
        assertThrows(IOException.class, () -> disk.write(0, buffer, 0, 512));
    }

    @Test
    void attentionsPassAndErrorsDoNot() throws IOException {
        unit.attentions = 5;
        BlockDevice disk = disk();
        unit.attentions = 3;
        disk.flush();
        unit.fails = true;
        DeviceBlock buffer = buffer(4096);
        IOException error = assertThrows(IOException.class, () -> disk.read(0, buffer, 0, 512));
        assertEquals(
                "wire target 1 unit 0: command 0x28 of 512 bytes: status 0x02, medium error"
                        + " (0x11, 0x00)",
                error.getMessage());
        unit.attentions = Integer.MAX_VALUE;
        assertThrows(IOException.class, disk::flush);
    }

    /** SPC-4, 4.5: who hears of an earlier command's error has his own not done. */
    @Test
    void anEarlierErrorIsNoAnswer() throws IOException {
        BlockDevice disk = disk();
        unit.deferred = 1;
        disk.flush();
        unit.deferred = 1;
        disk.read(0, buffer(512), 0, 512);
        assertEquals(List.of("flush", "read 0 1"), commands);
    }

    @Test
    void moreBlocksThanCanBeCountedAreAProblem() throws IOException {
        unit.more = -DISK_BYTES / 512;
        assertEquals(List.of(), scan());
        assertEquals(List.of("wire target 1 unit 0: 18446744073709551615 blocks of 512"), problems);
    }

    @Test
    void aUnitThatDoesNotSayWhatItIsIsAProblem() throws IOException {
        unit.hides = true;
        assertEquals(List.of(), scan());
        assertEquals(
                List.of(
                        "wire target 1 unit 0: command 0x12 of 36 bytes: status 0x02, hardware"
                                + " error (0x44, 0x00)"),
                problems);
    }

    @Test
    void unitsThatAreLeftOutAreAProblem() throws IOException {
        unit.units = IntStream.range(0, 63).boxed().toList();
        assertEquals(63, scan().size());
        assertEquals(List.of(), problems);
        unit.units = IntStream.range(0, 64).boxed().toList();
        assertEquals(63, scan().size());
        assertEquals(List.of("wire target 1: only the first 63 of its 64 units"), problems);
    }

    /** Blocks behind 2 TiB, and more than 65,535 of them, take the longer commands. */
    @Test
    void longAddressesTakeLongCommands() {
        assertEquals(10, transfer(false, 0xffff_ffffL, 1).block().length);
        byte[] read = transfer(false, 0x1_0000_0000L, 2).block();
        byte[] expected = {(byte) 0x88, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0};
        assertEquals(List.of(box(expected)), List.of(box(read)));
        assertEquals(16, transfer(true, 0, 0x1_0000).block().length);
    }

    private static ScsiCommand transfer(boolean isWrite, long first, int blocks) {
        return ScsiCommand.transfer(new DiskTransfer(isWrite, first << 9, 0, blocks << 9), 9);
    }

    private static String box(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aHostileTargetIsUsedOrNot(long seed) throws IOException {
        wild = new Random(seed);
        for (int i = 0; i < 100; i++) {
            for (ControllerDisk found : scan()) {
                DeviceBlock buffer = buffer(found.disk().blockBytes());
                try {
                    found.disk().read(0, buffer, 0, found.disk().blockBytes());
                    found.disk().flush();
                } catch (IOException | IllegalArgumentException e) {
                    // So be it: the disk may be smaller than a block.
                }
                frames.free(buffer);
            }
        }
    }
}
