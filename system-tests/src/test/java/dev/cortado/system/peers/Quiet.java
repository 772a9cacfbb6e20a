package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** How a guest comes back to where it was. */
final class Quiet {
    /** What is half open is over after a minute, and so are fragments. */
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

    private static final long PAUSE_MILLIS = 500;

    /** With the pauses between them, five seconds. */
    private static final int READINGS_AT_REST = 10;

    /** What the neighbours, routers and paths that it has met since may take. */
    private static final long MORE_KILOBYTES = 1024;

    private Quiet() {}

    /**
     * What others are compared with, once nothing is under way: a packet that was sent is given
     * back up to a tenth of a second later, and one whose neighbour does not answer after three
     * seconds (RFC 4861, 10), so that many readings in a row are of as many buffers.
     */
    static Readings first(Guest guest) {
        AtomicLong buffers = new AtomicLong(-1);
        AtomicInteger alike = new AtomicInteger();
        return await(
                guest,
                null,
                now -> {
                    boolean isSame = buffers.getAndSet(now.freeBuffers()) == now.freeBuffers();
                    alike.set(isSame && now.isQuiet() ? alike.get() + 1 : 0);
                    return alike.get() == READINGS_AT_REST;
                });
    }

    /** Waits until nobody is connected, nor about to be. */
    static Readings await(Guest guest) {
        return await(guest, null, Readings::isQuiet);
    }

    /** Waits until nobody is connected, and no buffer and no memory is missing. */
    static Readings await(Guest guest, Readings before) {
        return await(
                guest,
                before,
                now ->
                        now.isQuiet()
                                && now.freeBuffers() >= before.freeBuffers()
                                && now.liveKilobytes() <= before.liveKilobytes() + MORE_KILOBYTES);
    }

    /** Waits until no packet is under way, nor what a device has sent without saying so. */
    static Readings awaitBuffers(Guest guest, Readings before) {
        return await(guest, before, now -> now.freeBuffers() >= before.freeBuffers());
    }

    /** Waits until there is no TIME-WAIT, either. */
    static Readings awaitEnd(Guest guest) {
        return await(guest, null, now -> now.isQuiet() && now.timeWaits() == 0);
    }

    private static Readings await(
            Guest guest, Readings before, Predicate<Readings> isAsItShouldBe) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            Readings now = guest.read();
            if (isAsItShouldBe.test(now)) {
                return now;
            }
            assertTrue(System.nanoTime() < deadline, () -> "it was " + before + "\nit is " + now);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
