package dev.cortado.runtime.net.dhcpv6;

import java.util.random.RandomGenerator;

/** When a message is sent again (RFC 8415, 15). Its client's, under its lock. */
final class Retransmission {
    static final long SECOND = 1_000_000_000L;

    /** RAND is from a tenth less to a tenth more. */
    private static final int RAND_PART = 10;

    private final RandomGenerator random;
    private Exchange exchange = Exchange.SOLICIT;
    private long maximum;
    private long begun;
    private long last;
    private int sent;

    Retransmission(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Another message is to be sent for the first time.
     *
     * @param maximumSeconds the most between two of them, if a server has said so (18.2.1); else 0
     */
    void begin(Exchange next, int maximumSeconds, long now) {
        exchange = next;
        maximum = (maximumSeconds == 0 ? next.maximumSeconds : maximumSeconds) * SECOND;
        begun = now;
        sent = 0;
    }

    /** A server says how long to wait at most. */
    void setMaximum(int seconds) {
        maximum = seconds * SECOND;
    }

    Exchange exchange() {
        return exchange;
    }

    /** How often it was sent. */
    int sent() {
        return sent;
    }

    /** Hundredths of a second since the first was sent (21.9). */
    int elapsed(long now) {
        return sent == 0 ? 0 : (int) Math.min(0xffff, (now - begun) / (SECOND / 100));
    }

    /** It is sent now; says when the next time is, or the end of the last. */
    long send(long now) {
        if (sent == 0) {
            begun = now;
            last = exchange.initialSeconds * SECOND;
            // 18.2.1: longer than the time in which servers offer, never shorter.
            last += exchange == Exchange.SOLICIT ? Math.abs(part(last)) + 1 : part(last);
        } else {
            last += last + part(last);
        }
        if (maximum != 0 && last > maximum) {
            last = maximum + part(maximum);
        }
        sent++;
        long end = begun + exchange.durationSeconds * SECOND;
        return exchange.durationSeconds != 0 && now + last - end > 0 ? end : now + last;
    }

    /** Whether it is not sent again. */
    boolean isOver(long now) {
        return exchange.count != 0 && sent >= exchange.count
                || exchange.durationSeconds != 0
                        && sent > 0
                        && now - begun >= exchange.durationSeconds * SECOND;
    }

    private long part(long time) {
        long most = time / RAND_PART;
        return random.nextLong(2 * most + 1) - most;
    }
}
