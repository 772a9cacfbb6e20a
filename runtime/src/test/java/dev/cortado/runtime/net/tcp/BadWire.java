package dev.cortado.runtime.net.tcp;

import java.util.Random;

/**
 * One direction of a wire: so many bits a second, so long, with a bounded queue before it, and bad
 * as it is told. All chance comes from a seed.
 */
final class BadWire {
    double loss;
    double duplication;
    double corruption;
    double reordering;
    long bitsPerSecond = 1_000_000_000;
    long delay = 1_000_000;
    int queueBytes = 1 << 20;

    /** Marks instead of dropping, from half a queue on (RFC 3168), what says it is capable. */
    boolean marks;

    long carried;
    long lost;
    long overflowed;

    /** How much is kept during an outage, to go at its end; the rest is lost. */
    private static final int KEPT_PACKETS = 16;

    private final VirtualTime time;
    private final Random random;
    private long freeAt;
    private long outageFrom = Long.MAX_VALUE;
    private long outageUntil = Long.MAX_VALUE;
    private int kept;

    BadWire(VirtualTime time, long seed) {
        this.time = time;
        this.random = new Random(seed);
    }

    /**
     * As a driver that dies and its successor: what is under way is lost, and of what is sent
     * meanwhile the first waits.
     */
    void outage(long from, long until) {
        outageFrom = from;
        outageUntil = until;
        kept = 0;
    }

    private boolean isAway(long at) {
        return at >= outageFrom && at < outageUntil;
    }

    void send(TestHost.Packet packet, TestHost to) {
        if (!isAway(time.now())) {
            carry(packet, to);
        } else if (kept < KEPT_PACKETS) {
            kept++;
            time.at(outageUntil, () -> send(packet, to));
        } else {
            lost++;
        }
    }

    private void carry(TestHost.Packet packet, TestHost to) {
        int frame = packet.bytes().length + 38;
        long now = time.now();
        long queued = Math.max(0, freeAt - now) * bitsPerSecond / 8 / 1_000_000_000;
        if (queued + frame > queueBytes) {
            overflowed++;
            return;
        }
        TestHost.Packet sent = packet;
        if (marks && queued > queueBytes / 2 && (packet.trafficClass() & 3) != 0) {
            sent =
                    new TestHost.Packet(
                            packet.bytes(),
                            packet.source(),
                            packet.destination(),
                            packet.trafficClass() | 3,
                            packet.dontFragment());
        }
        freeAt = Math.max(now, freeAt) + frame * 8L * 1_000_000_000 / bitsPerSecond;
        if (random.nextDouble() < loss) {
            lost++;
            return;
        }
        long arrival = freeAt + delay;
        if (random.nextDouble() < reordering) {
            arrival += 1 + (long) (random.nextDouble() * delay / 2);
        }
        if (random.nextDouble() < corruption) {
            byte[] bytes = packet.bytes().clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            sent =
                    new TestHost.Packet(
                            bytes,
                            packet.source(),
                            packet.destination(),
                            packet.trafficClass(),
                            packet.dontFragment());
        }
        TestHost.Packet arrives = sent;
        carried += packet.bytes().length;
        time.at(arrival, () -> deliver(arrives, to));
        if (random.nextDouble() < duplication) {
            time.at(arrival + 1000, () -> deliver(arrives, to));
        }
    }

    private void deliver(TestHost.Packet packet, TestHost to) {
        if (isAway(time.now())) {
            lost++;
        } else {
            to.deliver(packet);
        }
    }
}
