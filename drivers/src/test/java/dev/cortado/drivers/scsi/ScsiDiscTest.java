package dev.cortado.drivers.scsi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.ata.PacketDriveModel;
import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.DiskNames;
import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.Request;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A drive for CDs as a unit of an adapter that asks for reasons itself. */
final class ScsiDiscTest {
    private static final int MEMORY_BYTES = 1 << 20;
    private static final int DISC_BYTES = 32 * PacketDriveModel.BLOCK_BYTES;

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    private final DeviceFrames frames = new DeviceFrames(source, "test");
    private final List<String> problems = new ArrayList<>();
    private final PacketDriveModel drive = new PacketDriveModel(disc());

    /** Milliseconds. */
    private long waited;

    /** What happens between an answer of the drive's and when it is heard of. */
    private Runnable meanwhile = () -> {};

    private static byte[] disc() {
        byte[] disc = new byte[DISC_BYTES];
        new Random(32).nextBytes(disc);
        return disc;
    }

    private final class Wire implements ScsiTransport {
        @Override
        public String name() {
            return "wire";
        }

        @Override
        public int targets() {
            return 1;
        }

        @Override
        public int mostBytes() {
            return 8192;
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public void pause(long milliseconds) {
            waited += milliseconds;
        }

        @Override
        public <T> Request<T> begin(
                ScsiAddress address, ScsiCommand command, Conclusion<T> conclusion, boolean waits)
                throws IOException {
            return Request.ended(conclusion.conclude(answer(address, command)));
        }

        private ScsiAnswer answer(ScsiAddress address, ScsiCommand command) {
            byte[] data = drive.run(Arrays.copyOf(command.block(), 16));
            if (data == null) {
                byte[] reasons = drive.run(new byte[] {3, 0, 0, 0, 18, 0});
                meanwhile.run();
                return ScsiAnswer.refused(reasons);
            }
            if (data.length > 0) {
                memory.copyIn(data, 0, source.address(command.address()), data.length);
            }
            boolean isShort = data.length < command.bytes();
            return new ScsiAnswer(
                    isShort ? ScsiAnswer.Delivery.SHORT : ScsiAnswer.Delivery.DONE,
                    0,
                    ScsiAnswer.GOOD,
                    new byte[0]);
        }
    }

    private List<ControllerDisk> scan() throws IOException {
        return ScsiScan.disks(new Wire(), frames, memory, problems::add);
    }

    /** Its name does not move those of disks. */
    @Test
    void aDiscIsReadInPartsAndHasANameOfItsOwn() throws IOException {
        BlockDevice disc = scan().getFirst().disk();
        assertTrue(disc.isDisc() && disc.isReadOnly());
        assertEquals(DISC_BYTES, disc.bytes());
        assertEquals(PacketDriveModel.BLOCK_BYTES, disc.blockBytes());
        assertEquals("sr0", new DiskNames("sd").next(disc));
        DeviceBlock buffer = frames.allocate(DISC_BYTES, BuddyAllocator.NO_LIMIT);
        disc.read(0, buffer, 0, DISC_BYTES);
        byte[] read = new byte[DISC_BYTES];
        memory.copyOut(buffer.address(), read, 0, DISC_BYTES);
        assertArrayEquals(drive.disc, read);
        assertEquals(List.of(), problems);
    }

    /** Most machines have such a drive: nobody wants to hear of it. */
    @Test
    void anEmptyDriveIsNoDiskAndNoProblem() throws IOException {
        drive.insert(null);
        assertEquals(List.of(), scan());
        assertEquals(List.of(), problems);
    }

    @Test
    void aDiscThatSpinsUpIsWaitedFor() throws IOException {
        drive.spinUp = 50;
        assertEquals(1, scan().size());
        assertEquals(5000, waited);
        assertEquals(List.of(), problems);
    }

    @Test
    void aDriveThatIsNeverReadyIsGivenUp() throws IOException {
        drive.spinUp = Integer.MAX_VALUE;
        assertEquals(List.of(), scan());
        assertEquals(20_000, waited);
        assertEquals(
                List.of(
                        "wire target 0 unit 0: command 0x00 of 0 bytes: status 0x02, not ready"
                                + " (0x04, 0x01)"),
                problems);
    }

    @Test
    void anotherDiscIsNotReadAsIfItWereTheFirst() throws IOException {
        BlockDevice disc = scan().getFirst().disk();
        drive.insert(disc());
        DeviceBlock buffer = frames.allocate(2048, BuddyAllocator.NO_LIMIT);
        for (int i = 0; i < 2; i++) {
            IOException error =
                    assertThrows(IOException.class, () -> disc.read(0, buffer, 0, 2048));
            assertEquals("wire target 0 unit 0: its disc was changed", error.getMessage());
        }
    }

    /** The drive tells of the change once, and whoever is told may be late to say so. */
    @Test
    void anotherReaderDoesNotGetTheOtherDiscEither() throws Exception {
        BlockDevice disc = scan().getFirst().disk();
        DeviceBlock buffer = frames.allocate(2048, BuddyAllocator.NO_LIMIT);
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread other =
                new Thread(() -> {
                    try {
                        disc.read(0, buffer, 0, 2048);
                    } catch (Throwable e) {
                        outcome.set(e);
                    }
                });
        meanwhile =
                () -> {
                    meanwhile = () -> {};
                    other.start();
                    Set<Thread.State> isStill =
                            EnumSet.of(Thread.State.WAITING, Thread.State.TERMINATED);
                    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
                    while (!isStill.contains(other.getState()) && System.nanoTime() < deadline) {
                        Thread.onSpinWait();
                    }
                };
        drive.insert(disc());
        assertThrows(IOException.class, () -> disc.read(0, buffer, 0, 2048));
        assertTrue(other.join(Duration.ofSeconds(5)));
        assertInstanceOf(IOException.class, outcome.get());
        assertEquals("wire target 0 unit 0: its disc was changed", outcome.get().getMessage());
    }

    @Test
    void aDiscWithoutBlocksThatCanBeIsAProblem() throws IOException {
        drive.withheld = 5;
        assertEquals(List.of(), scan());
        assertEquals(1, problems.size(), problems.toString());
    }
}
