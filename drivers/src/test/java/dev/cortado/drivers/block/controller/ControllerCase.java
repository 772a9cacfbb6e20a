package dev.cortado.drivers.block.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.DiskParts;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the driver of every controller, over its model. */
@Timeout(60)
public abstract class ControllerCase {
    protected static final int MEMORY_BYTES = 16 << 20;
    protected static final int DISK_BYTES = 1 << 20;
    protected static final long PATIENCE = 20_000_000_000L;
    protected static final long SHORT_PATIENCE = 40_000_000L;

    private static final int PART_BYTES = 4096;

    /** On a busy machine, an honest controller may seem silent for so long. */
    private static final int MOST_STARTS = 50;

    protected final HostMemory memory = new HostMemory(MEMORY_BYTES);
    protected final TestFrames source = new TestFrames(memory, MEMORY_BYTES, deviceOffset());
    protected final DeviceFrames buffers = new DeviceFrames(source, "buffers");
    protected final List<String> problems = new ArrayList<>();
    protected ControllerModel model;
    protected ControllerLife life;
    private Thread service;

    /** What the device adds to the program's addresses. */
    protected long deviceOffset() {
        return TestFrames.LOW_OFFSET;
    }

    /** A controller with one or several disks of {@link #DISK_BYTES}. */
    protected abstract ControllerModel model(long seed);

    /** Starts a life of the driver of {@link #model}. */
    protected abstract ControllerLife start(long patience) throws IOException, InterruptedException;

    /** Starts the driver over a new model, and serves its interrupts. */
    protected BlockDevice begin(ControllerModel chosen, long patience) throws Exception {
        model = chosen;
        for (int i = 0; life == null; i++) {
            try {
                life = start(patience);
            } catch (IOException e) {
                if (patience != SHORT_PATIENCE || i == MOST_STARTS) {
                    throw e;
                }
            }
        }
        ControllerLife started = life;
        service =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                while (true) {
                                    started.serve(PATIENCE);
                                }
                            } catch (InterruptedException | IOException e) {
                                // The test is over.
                            }
                        });
        return life.disks().getFirst().disk();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (service != null) {
            service.interrupt();
            service.join();
        }
        if (life != null) {
            life.close();
        }
        if (model != null) {
            model.close();
        }
        buffers.close();
        assertEquals(source.allBytes(), source.freeBytes(), "frames were kept");
    }

    protected DeviceBlock buffer(int bytes) throws IOException {
        return buffers.allocate(bytes, BuddyAllocator.NO_LIMIT);
    }

    /** Threads with a part of the disk each; what is read is what was written last. */
    protected void hammer(BlockDevice disk, int threads, int operations) throws Exception {
        new DiskHammer(disk, DISK_BYTES, memory, buffers).run(threads, operations);
    }

    private void hammerTogether(BlockDevice disk, int threads, int rounds) throws Exception {
        new DiskHammer(disk, DISK_BYTES, memory, buffers).runTogether(threads, rounds);
    }

    @Test
    void whatWasWrittenTogetherIsRead() throws Exception {
        hammerTogether(begin(model(7), PATIENCE), 3, 3);
    }

    /** Each transfer says how it has ended, also one that nobody could make. */
    @Test
    void ofTransfersTogetherEachFailsByItself() throws Exception {
        BlockDevice disk = begin(model(8), PATIENCE);
        DeviceBlock buffer = buffer(3 * PART_BYTES);
        List<BlockTransfer> transfers =
                List.of(
                        BlockTransfer.read(0, buffer, 0, PART_BYTES),
                        BlockTransfer.read(DISK_BYTES, buffer, 0, PART_BYTES),
                        BlockTransfer.write(PART_BYTES, buffer, PART_BYTES, PART_BYTES));
        disk.transfer(transfers);
        assertNull(transfers.get(0).failure());
        assertInstanceOf(IllegalArgumentException.class, transfers.get(1).failure());
        assertNull(transfers.get(2).failure());
        model.behaviour = ControllerModel.Behaviour.FAILING;
        disk.transfer(transfers);
        assertInstanceOf(IOException.class, transfers.get(0).failure());
        assertInstanceOf(IOException.class, transfers.get(2).failure());
        assertTrue(life.isAlive());
    }

    @Test
    void whatWasWrittenIsRead() throws Exception {
        BlockDevice disk = begin(model(1), PATIENCE);
        assertEquals(DISK_BYTES, disk.bytes());
        hammer(disk, 6, 60);
    }

    /** More callers than commands at once: all come through. */
    @Test
    void aFullControllerIsWaitedFor() throws Exception {
        hammer(begin(model(2), PATIENCE), 60, 10);
    }

    @Test
    void aDisksErrorIsItsOwn() throws Exception {
        BlockDevice disk = begin(model(3), PATIENCE);
        DeviceBlock buffer = buffer(4096);
        model.behaviour = ControllerModel.Behaviour.FAILING;
        assertThrows(IOException.class, () -> disk.read(0, buffer, 0, 4096));
        assertThrows(IOException.class, () -> disk.write(0, buffer, 0, 4096));
        assertTrue(life.isAlive());
        model.behaviour = ControllerModel.Behaviour.HONEST;
        hammer(disk, 2, 20);
    }

    /** Who waits gets his buffer back only when the device was stopped. */
    @Test
    void aSilentControllerIsReset() throws Exception {
        BlockDevice disk = begin(model(4), SHORT_PATIENCE);
        DeviceBlock buffer = buffer(4096);
        model.behaviour = ControllerModel.Behaviour.SILENT;
        IOException error = assertThrows(IOException.class, () -> disk.read(0, buffer, 0, 4096));
        assertTrue(error.getMessage().contains("does not answer"), error.getMessage());
        assertFalse(life.isAlive());
        assertFalse(model.isMastering(), "it may still write to buffers");
        assertThrows(IOException.class, disk::flush);
    }

    @Test
    void rangesAndBuffersAreChecked() throws Exception {
        BlockDevice disk = begin(model(5), PATIENCE);
        DeviceBlock buffer = buffer(8192);
        int block = disk.blockBytes();
        for (long[] bad :
                new long[][] {
                    {-block, 0, block}, {1, 0, block}, {DISK_BYTES, 0, block}, {0, 0, block + 1}
                }) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> disk.read(bad[0], buffer, bad[1], (int) bad[2]));
        }
        assertThrows(IllegalArgumentException.class, () -> disk.write(0, buffer, 2, block));
        assertThrows(IndexOutOfBoundsException.class, () -> disk.read(0, buffer, 8192, block));
        model.takeCommands();
        disk.read(0, buffer, 0, 0);
        assertEquals(List.of(), model.takeCommands());
    }

    /** Whatever it answers, each call ends, and nothing of it is left. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void aHostileControllerHangsNobody(long seed) throws Exception {
        BlockDevice disk = begin(model(seed), SHORT_PATIENCE);
        model.behaviour = ControllerModel.Behaviour.WILD;
        AtomicInteger errors = new AtomicInteger();
        List<DeviceBlock> blocks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            blocks.add(buffer(16384));
        }
        DiskParts.each(
                4,
                DISK_BYTES,
                (number, first, bytes) -> {
                    for (int i = 0; i < 20; i++) {
                        try {
                            disk.read(first, blocks.get(number), 0, 16384);
                        } catch (IOException e) {
                            errors.incrementAndGet();
                        }
                    }
                    List<BlockTransfer> transfers = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        int at = i * PART_BYTES;
                        transfers.add(
                                BlockTransfer.read(first, blocks.get(number), at, PART_BYTES));
                    }
                    disk.transfer(transfers);
                });
        assertTrue(errors.get() > 0);
    }

    /** A hostile controller cannot be started, or can; it does not keep who tries. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void aHostileControllerIsStartedOrNot(long seed) throws Exception {
        model = model(seed);
        model.behaviour = ControllerModel.Behaviour.WILD;
        try {
            life = start(SHORT_PATIENCE);
        } catch (IOException e) {
            // So be it.
        }
    }

    @Test
    void aSilentControllerIsNotStarted() {
        model = model(6);
        model.behaviour = ControllerModel.Behaviour.SILENT;
        assertThrows(IOException.class, () -> start(SHORT_PATIENCE));
    }

    /** The driver dies again and again with requests under way; its users see a delay. */
    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void aDriverThatIsKilledLosesNothing(long seed) throws Exception {
        model = model(seed);
        Random random = new Random(seed);
        ControllerLives lives =
                new ControllerLives(
                        "controller",
                        log -> {
                            ControllerLife next = start(PATIENCE);
                            return new MortalLife(next, 1 + random.nextInt(60));
                        },
                        problems::add);
        AtomicInteger deaths = new AtomicInteger();
        service =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            while (!Thread.currentThread().isInterrupted()) {
                                try {
                                    lives.live();
                                } catch (IllegalStateException e) {
                                    deaths.incrementAndGet();
                                } catch (Throwable e) {
                                    lives.giveUp(e);
                                    return;
                                }
                            }
                        });
        lives.awaitBegin();
        BlockDevice disk = lives.disks().values().iterator().next();
        hammer(disk, 6, 60);
        hammerTogether(disk, 3, 3);
        assertTrue(deaths.get() > 0, "nothing was killed");
    }

    /** Dies after some turns, whatever is under way. */
    private static final class MortalLife implements ControllerLife {
        private final ControllerLife life;
        private int left;

        MortalLife(ControllerLife life, int turns) {
            this.life = life;
            left = turns;
        }

        @Override
        public List<ControllerDisk> disks() {
            return life.disks();
        }

        @Override
        public boolean isAlive() {
            return life.isAlive();
        }

        @Override
        public void checkAlive() throws IOException {
            life.checkAlive();
        }

        @Override
        public void serve(long nanoseconds) throws IOException, InterruptedException {
            if (left-- == 0) {
                throw new IllegalStateException("killed");
            }
            life.serve(nanoseconds);
        }

        @Override
        public void close() {
            life.close();
        }
    }
}
