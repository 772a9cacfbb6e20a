package dev.cortado.drivers.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RestartableBlockDeviceTest {
    private static final int BLOCKS = 64;

    private final AtomicIntegerArray disk = new AtomicIntegerArray(BLOCKS);
    private final AtomicInteger flushes = new AtomicInteger();
    private final RestartableBlockDevice device = new RestartableBlockDevice("disk");

    /** A driver that dies in the middle of a request, before or after it has done something. */
    private class FakeLife extends AskedLife {
        private final long bytes;
        private volatile boolean dead;
        private volatile boolean broken;
        private volatile boolean isOther;
        private Runnable whenAsked = () -> {};

        FakeLife(long bytes) {
            this.bytes = bytes;
        }

        FakeLife() {
            this(BLOCKS * 512L);
        }

        @Override
        void answer() throws IOException {
            whenAsked.run();
            if (isOther) {
                throw new OtherMediumException("another disc");
            }
            if (broken || dead) {
                throw new IOException(dead ? "dead" : "a bad block");
            }
        }

        @Override
        public boolean isAlive() {
            return !dead;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        /** The block becomes what the buffer's address is. */
        @Override
        public void write(long position, DeviceBlock buffer, long offset, int length)
                throws IOException {
            answer();
            disk.set((int) position / 512, (int) buffer.address());
            answer();
        }

        @Override
        public void flush() throws IOException {
            answer();
            flushes.incrementAndGet();
        }
    }

    private static DeviceBlock value(int value) {
        return new DeviceBlock(value, 0, 4096);
    }

    /** The next driver takes the disc that it finds for the right one. */
    @Test
    void anotherMediumIsNotReadByTheNextDriverEither() {
        FakeLife first = new FakeLife();
        device.begin(first);
        first.isOther = true;
        assertThrows(OtherMediumException.class, () -> device.read(0, value(1), 0, 512));
        device.end(first);
        device.begin(new FakeLife());
        IOException error = assertThrows(IOException.class, () -> device.read(0, value(1), 0, 512));
        assertEquals("disk: another disc", error.getMessage());
    }

    @Test
    void anotherMediumThatTransfersMeetIsNotReadByTheNextDriverEither() {
        FakeLife first = new FakeLife();
        device.begin(first);
        first.isOther = true;
        List<BlockTransfer> reads = List.of(BlockTransfer.read(0, value(1), 0, 512));
        device.transfer(reads);
        assertInstanceOf(OtherMediumException.class, reads.getFirst().failure());
        device.end(first);
        device.begin(new FakeLife());
        device.transfer(reads);
        assertEquals("disk: another disc", reads.getFirst().failure().getMessage());
    }

    @Test
    void aRequestThatWasCutOffGoesToTheNextDriver() throws Exception {
        FakeLife first = new FakeLife();
        device.begin(first);
        first.dead = true;
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread caller =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                device.write(512, value(7), 0, 512);
                                device.flush();
                                done.complete(null);
                            } catch (IOException | RuntimeException e) {
                                done.completeExceptionally(e);
                            }
                        });
        while (caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        caller.interrupt(); // it waits on
        assertFalse(done.isDone());
        device.end(first);
        device.begin(new FakeLife());
        done.get();
        caller.join();
        assertEquals(7, disk.get(1));
        assertEquals(1, flushes.get());
    }

    @Test
    void anErrorOfTheDeviceIsTheCallers() {
        FakeLife life = new FakeLife();
        life.broken = true;
        device.begin(life);
        IOException e = assertThrows(IOException.class, () -> device.read(0, value(0), 0, 512));
        assertEquals("a bad block", e.getMessage());
        life.broken = false;
    }

    @Test
    void theEndOfOneThatWasReplacedIsNothing() throws IOException {
        FakeLife first = new FakeLife();
        FakeLife second = new FakeLife(1024);
        device.begin(first);
        device.begin(second);
        device.end(first);
        assertSame(second, device.await());
        device.end(second);
        assertEquals(1024, device.bytes(), "as it was last");
    }

    @Test
    void afterItsEndThereIsAnError() throws Exception {
        assertThrows(IllegalStateException.class, device::bytes);
        device.begin(new FakeLife());
        Exception why = new IllegalStateException("a queue that cannot be");
        device.giveUp(why);
        device.giveUp(new IOException("later"));
        IOException e = assertThrows(IOException.class, device::flush);
        assertEquals("disk: a queue that cannot be", e.getMessage());
        assertSame(why, e.getCause().getCause());
        assertEquals(512, device.blockBytes());
    }

    @Test
    void oneThatBeginsAfterTheEndIsOnlyRemembered() {
        device.giveUp(new IOException("closed"));
        device.begin(new FakeLife(1024));
        IOException e = assertThrows(IOException.class, device::flush);
        assertEquals("disk: closed", e.getMessage());
        assertEquals(0, flushes.get());
        assertEquals(1024, device.bytes());
    }

    /** Such as that its device may still write to the buffer. */
    @Test
    void theEndSaysHowTheLastDriverOfARequestEnded() {
        FakeLife life = new FakeLife();
        device.begin(life);
        life.dead = true;
        life.whenAsked = () -> device.giveUp(new IOException("closed"));
        IOException e = assertThrows(IOException.class, device::flush);
        assertEquals("disk: closed", e.getMessage());
        assertEquals("dead", e.getSuppressed()[0].getMessage());
    }

    @Test
    void anEndIsHeardOfWhereMemoryLacksToSayWhy() {
        Exception why =
                new Exception() {
                    @Override
                    public String getMessage() {
                        throw new OutOfMemoryError("test");
                    }
                };
        try {
            device.giveUp(why);
        } catch (OutOfMemoryError e) {
            throw new AssertionError("who waits does not hear of it", e);
        }
        IOException e = assertThrows(IOException.class, device::await);
        assertEquals("disk: its driver was given up", e.getMessage());
    }

    @Test
    void theEndWakesWhoWaits() throws Exception {
        CompletableFuture<String> said = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        device.flush();
                        said.complete("flushed");
                    } catch (IOException e) {
                        said.complete(e.getMessage());
                    }
                });
        Thread.sleep(2);
        device.giveUp(new IOException("closed"));
        assertEquals("disk: closed", said.get());
    }

    private static List<BlockTransfer> writes(int count) {
        List<BlockTransfer> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            writes.add(BlockTransfer.write(i * 512L, value(i + 1), 0, 512));
        }
        return writes;
    }

    /** Of several transfers, those that it has made are not made again. */
    @Test
    void whatWasMadeBeforeADeathIsNotMadeAgain() {
        FakeLife first = new FakeLife();
        FakeLife second = new FakeLife();
        AtomicInteger ofFirst = new AtomicInteger();
        AtomicInteger ofSecond = new AtomicInteger();
        first.whenAsked =
                () -> {
                    if (ofFirst.incrementAndGet() == 7) { // twice for each write
                        first.dead = true;
                        device.end(first);
                        device.begin(second);
                    }
                };
        second.whenAsked = ofSecond::incrementAndGet;
        device.begin(first);
        List<BlockTransfer> writes = writes(10);
        device.transfer(writes);
        for (int i = 0; i < writes.size(); i++) {
            assertNull(writes.get(i).failure());
            assertEquals(i + 1, disk.get(i));
        }
        assertEquals(2 * 7, ofSecond.get());
    }

    @Test
    void anErrorIsOfTheTransferThatHadIt() {
        FakeLife life = new FakeLife();
        life.whenAsked = () -> life.broken = disk.get(1) != 0 && disk.get(2) == 0;
        device.begin(life);
        List<BlockTransfer> writes = writes(2);
        device.transfer(writes);
        assertNull(writes.get(0).failure());
        assertEquals("a bad block", writes.get(1).failure().getMessage());
    }

    /** Those that the device may still have the buffers of say so. */
    @Test
    void theEndSaysSoOfEachTransfer() {
        CountDownLatch tried = new CountDownLatch(1);
        FakeLife life =
                new FakeLife() {
                    @Override
                    public void write(long position, DeviceBlock buffer, long offset, int length)
                            throws IOException {
                        tried.countDown();
                        throw position == 512
                                ? new BufferInUseException("kept", null)
                                : new IOException("dead");
                    }
                };
        life.dead = true;
        device.begin(life);
        List<BlockTransfer> writes = writes(3);
        FutureTask<Void> end =
                new FutureTask<>(() -> {
                    tried.await();
                    device.giveUp(new IOException("closed"));
                    return null;
                });
        Thread.ofVirtual().start(end);
        device.transfer(writes);
        for (BlockTransfer write : writes) {
            assertEquals("disk: closed", write.failure().getMessage());
            assertTrue(BufferInUseException.isIn(write.failure()));
        }
    }

    /** Drivers die all the time; each block has what was written last. */
    @Test
    void nothingIsLost() throws Exception {
        Random random = new Random(3);
        AtomicInteger running = new AtomicInteger(BLOCKS / 8);
        List<Thread> writers = new ArrayList<>();
        List<Throwable> wrong = new ArrayList<>();
        for (int i = 0; i < BLOCKS / 8; i++) {
            int first = i * 8;
            writers.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    write(first);
                                } catch (IOException | RuntimeException | Error e) {
                                    synchronized (wrong) {
                                        wrong.add(e);
                                    }
                                } finally {
                                    running.decrementAndGet();
                                }
                            }));
        }
        int deaths = 0;
        while (running.get() > 0 || deaths < 100) {
            FakeLife life = new FakeLife();
            device.begin(life);
            for (int i = random.nextInt(200); i > 0; i--) {
                Thread.onSpinWait();
            }
            life.dead = true;
            device.end(life);
            deaths++;
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertEquals(List.of(), wrong);
        for (int block = 0; block < BLOCKS; block++) {
            assertEquals(2000, disk.get(block));
        }
        assertTrue(deaths >= 100);
    }

    private void write(int first) throws IOException {
        for (int round = 1; round <= 2000; round++) {
            for (int block = first; block < first + 8; block++) {
                device.write(block * 512L, value(round), 0, 512);
                assertEquals(round, disk.get(block));
            }
        }
    }
}
