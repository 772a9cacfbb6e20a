package dev.cortado.runtime.jdk;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.icmp.Echo;
import dev.cortado.runtime.net.icmp.EchoListener;
import dev.cortado.runtime.net.time.NetworkClock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks hosts for echoes and waits for the answers. */
final class EchoRequests implements EchoListener {
    /** From one request to the next, as ping does. */
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private static final int DATA_BYTES = 32;

    /** Identifiers have 16 bits (RFC 792). */
    private static final int IDENTIFIER_MASK = 0xffff;

    private final Echo echo;
    private final NetworkClock clock;
    private final AtomicInteger lastIdentifier = new AtomicInteger();
    private final Map<Integer, Asked> waiting = new ConcurrentHashMap<>();

    private record Asked(IpAddress address, CountDownLatch answered) {}

    EchoRequests(Echo echo, NetworkClock clock) {
        this.echo = echo;
        this.clock = clock;
        echo.setListener(this);
    }

    /**
     * Whether a host answers in time. Who is interrupted waits no longer, and still is interrupted.
     *
     * @param timeoutMillis how long at most
     */
    boolean isAnswered(IpAddress address, int timeoutMillis) {
        Asked asked = new Asked(address, new CountDownLatch(1));
        int identifier = register(asked);
        try {
            return ask(asked, identifier, TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.remove(identifier);
        }
    }

    private boolean ask(Asked asked, int identifier, long timeout) throws InterruptedException {
        IpAddress address = asked.address();
        long end = clock.nanoTime() + timeout;
        long left = timeout;
        for (int sequence = 0; left > 0; sequence++) {
            echo.send(
                    address.high(),
                    address.low(),
                    identifier,
                    sequence,
                    DATA_BYTES,
                    clock.nanoTime());
            long pause = Math.min(INTERVAL, left);
            if (asked.answered().await(pause, TimeUnit.NANOSECONDS)) {
                return true;
            }
            left = end - clock.nanoTime();
        }
        return false;
    }

    /** Gives it an identifier that nobody else waits with. */
    private int register(Asked asked) {
        while (true) {
            int identifier = lastIdentifier.incrementAndGet() & IDENTIFIER_MASK;
            if (waiting.putIfAbsent(identifier, asked) == null) {
                return identifier;
            }
        }
    }

    @Override
    public void reply(PacketBuffer reply, int identifier, int sequence, long now) {
        Asked asked = waiting.get(identifier & IDENTIFIER_MASK);
        if (asked != null
                && asked.address().high() == reply.info().sourceHigh
                && asked.address().low() == reply.info().sourceLow) {
            asked.answered().countDown();
        }
    }
}
