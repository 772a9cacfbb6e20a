package dev.cortado.drivers.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device that is reset as it should be, and then answers nothing. */
@Timeout(60)
final class SilentBlockDeviceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger lives = new AtomicInteger();
    private final RestartableBlockDevice device =
            new RestartableBlockDevice("disk", Long.MAX_VALUE, nanos::get);

    /** Each of a number of drivers dies with its first request, some time after it was made. */
    private final class SilentLife extends AskedLife {
        private final int most;
        private final long patience;
        private volatile boolean isDead;

        SilentLife(int most, long patience) {
            this.most = most;
            this.patience = patience;
        }

        @Override
        void answer() throws IOException {
            if (lives.get() < most) {
                nanos.addAndGet(patience);
                lives.incrementAndGet();
                isDead = true;
                device.end(this);
                device.begin(new SilentLife(most, patience));
                throw new IOException("dead");
            }
        }

        @Override
        public boolean isAlive() {
            return !isDead;
        }
    }

    @Test
    void itsRequestsEnd() {
        device.begin(new SilentLife(100, TimeUnit.MINUTES.toNanos(1)));
        IOException e = assertThrows(IOException.class, device::flush);
        assertEquals("dead", e.getMessage());
        assertEquals(3, lives.get(), "the first, and two minutes more");
        BlockTransfer transfer = BlockTransfer.write(0, new DeviceBlock(7, 7, 4096), 0, 512);
        device.transfer(List.of(transfer));
        assertEquals("dead", transfer.failure().getMessage());
        assertEquals(6, lives.get());
    }

    private static void await(Thread caller, Thread.State state, CompletableFuture<?> end)
            throws InterruptedException {
        while (caller.getState() != state) {
            assertFalse(end.isDone(), "it has not waited");
            if (Thread.interrupted()) {
                throw new InterruptedException(); // this takes too long
            }
        }
    }

    /** Storage may hang for long; only when it is away does its time begin. */
    @Test
    void oneWhoseDriverAloneIsGoneIsWaitedFor() throws Exception {
        RestartableBlockDevice there = new RestartableBlockDevice("disk", 1000, nanos::get);
        SilentLife life = new SilentLife(0, 0);
        there.begin(life);
        there.setAway(false);
        there.end(life);
        CompletableFuture<IOException> end = new CompletableFuture<>();
        Thread caller =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> end.complete(assertThrows(IOException.class, there::flush)));
        await(caller, Thread.State.WAITING, end);
        nanos.addAndGet(5000);
        there.setAway(true);
        await(caller, Thread.State.TIMED_WAITING, end);
        nanos.addAndGet(1000);
        assertEquals("disk: it is gone", end.get(20, TimeUnit.SECONDS).getMessage());
    }

    /** One that may be taken away, and given back, is waited for. */
    @Test
    void oneThatIsGoneIsNotWaitedForForEver() throws Exception {
        RestartableBlockDevice gone = new RestartableBlockDevice("disk", 1000, nanos::get);
        SilentLife life = new SilentLife(0, 0);
        gone.begin(life);
        gone.flush();
        gone.end(life);
        nanos.set(5000);
        CompletableFuture<IOException> end = new CompletableFuture<>();
        Thread caller =
                Thread.ofPlatform()
                        .daemon()
                        .start(() ->
                                end.complete(assertThrows(IOException.class, () -> gone.flush())));
        caller.join(20);
        assertFalse(end.isDone());
        nanos.set(6000);
        assertEquals("disk: it is gone", end.get(20, TimeUnit.SECONDS).getMessage());
        gone.begin(life);
        gone.flush();
    }

    /** A machine that stood still for a day is no reason to give a request up. */
    @Test
    void twoDriversMayDieHoweverLongThatTakes() throws IOException {
        device.begin(new SilentLife(2, TimeUnit.DAYS.toNanos(1)));
        device.flush();
        assertEquals(2, lives.get());
    }

    /** Those of a driver that dies often, and soon, are no reason either. */
    @Test
    void manyMayDieSoon() throws IOException {
        device.begin(new SilentLife(100, TimeUnit.SECONDS.toNanos(1)));
        device.flush();
        assertEquals(100, lives.get());
    }
}
