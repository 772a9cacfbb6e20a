package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketQueue;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.link.Neighbour.State;
import dev.cortado.runtime.net.time.TimerQueue;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The neighbours of a link and their MAC addresses, with the states of RFC 4861, 7.3, which serve
 * ARP as well. Their number and that of the packets that wait for them are bounded.
 *
 * <p>A liar on the link can claim any address. What he cannot do is to take one away from who
 * answers: a neighbour keeps the MAC address that is known until it has been asked there, three
 * times, and kept silent; and what nobody asked for makes no entry.
 */
public final class NeighbourTable {
    /** No MAC address. */
    public static final long UNKNOWN = -1;

    /** Most neighbours of one table. */
    public static final int LIMIT = 512;

    /** Most packets that wait for one neighbour: a first flight of TCP's (RFC 6928). */
    public static final int WAITING_LIMIT = 16;

    /** Most packets that wait in one table. */
    public static final int TOTAL_WAITING_LIMIT = 256;

    /** RFC 4861, 10: REACHABLE_TIME, RETRANS_TIMER, DELAY_FIRST_PROBE_TIME in nanoseconds. */
    static final long REACHABLE_TIME = 30_000_000_000L;

    static final long RETRANSMIT_TIME = 1_000_000_000L;
    static final long DELAY_TIME = 5_000_000_000L;

    /** MAX_MULTICAST_SOLICIT and MAX_UNICAST_SOLICIT. */
    static final int MAXIMUM_ASKED = 3;

    private static final int BUCKETS = 256;

    private final NeighbourOwner owner;
    private final TimerQueue timers;
    private final DropCounters drops;
    private final RandomGenerator random;
    private final long hashKey;

    private final ReentrantLock lock = new ReentrantLock();
    private final Neighbour[] buckets = new Neighbour[BUCKETS];
    private int count;
    private int waiting;

    NeighbourTable(
            NeighbourOwner owner, TimerQueue timers, DropCounters drops, RandomGenerator random) {
        this.owner = owner;
        this.timers = timers;
        this.drops = drops;
        this.random = random;
        this.hashKey = random.nextLong() | 1;
    }

    /** Sends a packet to a neighbour, or keeps it until its MAC address is known. */
    TransmitResult send(PacketBuffer packet, long high, long low, long now) {
        lock.lock();
        try {
            Neighbour neighbour = find(high, low);
            if (neighbour == null) {
                neighbour = create(high, low, now);
                if (neighbour == null) {
                    drops.drop(packet, DropReason.NEIGHBOUR_TABLE_FULL);
                    return TransmitResult.FULL;
                }
                ask(neighbour, UNKNOWN, now);
            }
            neighbour.used = now;
            if (neighbour.state == State.INCOMPLETE) {
                return keep(neighbour, packet);
            }
            if (neighbour.state == State.STALE) {
                neighbour.state = State.DELAY;
                timers.set(neighbour, now + DELAY_TIME);
            }
            return owner.transmit(packet, neighbour.mac);
        } finally {
            lock.unlock();
        }
    }

    private TransmitResult keep(Neighbour neighbour, PacketBuffer packet) {
        if (neighbour.waiting.count() == WAITING_LIMIT || waiting == TOTAL_WAITING_LIMIT) {
            drops.drop(packet, DropReason.NEIGHBOUR_QUEUE_FULL);
            return TransmitResult.FULL;
        }
        neighbour.waiting.add(packet);
        waiting++;
        return TransmitResult.SENT;
    }

    /**
     * A neighbour told its MAC address to us by a question of its own: it is good for an answer,
     * and nothing is known about the way there (RFC 826; RFC 4861, 7.2.3).
     */
    void learn(long high, long low, long mac, long now) {
        lock.lock();
        try {
            Neighbour neighbour = find(high, low);
            if (neighbour == null) {
                neighbour = create(high, low, now);
                if (neighbour == null) {
                    drops.count(DropReason.NEIGHBOUR_TABLE_FULL);
                    return;
                }
                neighbour.mac = mac;
                neighbour.state = State.STALE;
            } else if (neighbour.state == State.INCOMPLETE) {
                neighbour.mac = mac;
                neighbour.state = State.STALE;
                timers.cancel(neighbour);
                flush(neighbour);
            } else if (neighbour.mac != mac) {
                doubt(neighbour, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A neighbour answered (RFC 4861, 7.2.5), or said something that nobody asked for.
     *
     * @param isSolicited whether it answers a question
     * @return false if it was of no use
     */
    boolean heard(long high, long low, long mac, boolean isSolicited, boolean isRouter, long now) {
        lock.lock();
        try {
            Neighbour neighbour = find(high, low);
            if (neighbour == null) {
                return false;
            }
            boolean isAnswer =
                    neighbour.state == State.INCOMPLETE
                            || neighbour.state == State.PROBE && neighbour.mac == mac;
            if (isAnswer && isSolicited) {
                neighbour.mac = mac;
                neighbour.isRouter = isRouter;
                reachable(neighbour, now);
                flush(neighbour);
                return true;
            }
            if (neighbour.state == State.INCOMPLETE) {
                neighbour.mac = mac;
                neighbour.isRouter = isRouter;
                neighbour.state = State.STALE;
                timers.cancel(neighbour);
                flush(neighbour);
                return true;
            }
            if (neighbour.mac == mac) {
                return true;
            }
            doubt(neighbour, now);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** A transport got an answer to what it had sent: the neighbour is there (RFC 4861, 7.3.1). */
    void confirm(long high, long low, long now) {
        lock.lock();
        try {
            Neighbour neighbour = find(high, low);
            if (neighbour != null && neighbour.state != State.INCOMPLETE) {
                reachable(neighbour, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Somebody says that it has another MAC address. The one that is known is asked first. */
    private void doubt(Neighbour neighbour, long now) {
        if (neighbour.state != State.PROBE) {
            neighbour.state = State.PROBE;
            neighbour.asked = 0;
            ask(neighbour, neighbour.mac, now);
        }
    }

    private void reachable(Neighbour neighbour, long now) {
        neighbour.state = State.REACHABLE;
        neighbour.asked = 0;
        // RFC 4861, 6.3.2: between 0.5 and 1.5 times.
        timers.set(neighbour, now + REACHABLE_TIME / 2 + random.nextLong(REACHABLE_TIME));
    }

    private void flush(Neighbour neighbour) {
        for (PacketBuffer packet = neighbour.waiting.poll();
                packet != null;
                packet = neighbour.waiting.poll()) {
            waiting--;
            owner.transmit(packet, neighbour.mac);
        }
    }

    private void ask(Neighbour neighbour, long mac, long now) {
        neighbour.asked++;
        timers.set(neighbour, now + RETRANSMIT_TIME);
        owner.solicit(neighbour.high, neighbour.low, mac, now);
    }

    void expired(Neighbour neighbour, long now) {
        PacketQueue lost = null;
        lock.lock();
        try {
            if (neighbour.isSet()) {
                return;
            }
            switch (neighbour.state) {
                case REACHABLE -> neighbour.state = State.STALE;
                case DELAY -> {
                    neighbour.state = State.PROBE;
                    neighbour.asked = 0;
                    ask(neighbour, neighbour.mac, now);
                }
                case INCOMPLETE, PROBE -> {
                    if (neighbour.asked < MAXIMUM_ASKED) {
                        boolean isKnown = neighbour.state == State.PROBE;
                        ask(neighbour, isKnown ? neighbour.mac : UNKNOWN, now);
                    } else {
                        lost = neighbour.waiting;
                        waiting -= lost.count();
                        remove(neighbour);
                    }
                }
                case STALE, GONE -> {}
            }
        } finally {
            lock.unlock();
        }
        if (lost != null) {
            owner.lost(neighbour.high, neighbour.low);
            // Nobody else has it any more: the neighbour is in no table.
            for (PacketBuffer packet = lost.poll(); packet != null; packet = lost.poll()) {
                owner.unreachable(packet, now);
            }
        }
    }

    /** Forgets everything: the link went down, or came up elsewhere. */
    void clear() {
        lock.lock();
        try {
            for (Neighbour first : buckets) {
                for (Neighbour at = first; at != null; at = at.nextInBucket) {
                    timers.cancel(at);
                    at.state = State.GONE;
                    while (!at.waiting.isEmpty()) {
                        drops.drop(at.waiting.poll(), DropReason.LINK_DOWN);
                    }
                }
            }
            Arrays.fill(buckets, null);
            count = 0;
            waiting = 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many neighbours are known or asked for. */
    public int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** The MAC address of a neighbour, {@link #UNKNOWN} if it has none yet. */
    public long macAddress(long high, long low) {
        lock.lock();
        try {
            Neighbour neighbour = find(high, low);
            return neighbour == null || neighbour.state == State.INCOMPLETE
                    ? UNKNOWN
                    : neighbour.mac;
        } finally {
            lock.unlock();
        }
    }

    /** The state of a neighbour, for tests; GONE if there is none. */
    State state(long high, long low) {
        lock.lock();
        try {
            Neighbour neighbour = find(high, low);
            return neighbour == null ? State.GONE : neighbour.state;
        } finally {
            lock.unlock();
        }
    }

    private Neighbour find(long high, long low) {
        Neighbour at = buckets[bucket(high, low)];
        while (at != null && (at.low != low || at.high != high)) {
            at = at.nextInBucket;
        }
        return at;
    }

    private Neighbour create(long high, long low, long now) {
        if (count == LIMIT && !evict()) {
            return null;
        }
        Neighbour neighbour = new Neighbour(this, high, low);
        neighbour.used = now;
        int bucket = bucket(high, low);
        neighbour.nextInBucket = buckets[bucket];
        buckets[bucket] = neighbour;
        count++;
        return neighbour;
    }

    /**
     * Makes room: of those that are vouched for least, the one that was not used for longest goes.
     */
    private boolean evict() {
        Neighbour victim = null;
        for (Neighbour first : buckets) {
            for (Neighbour at = first; at != null; at = at.nextInBucket) {
                if (victim == null || goesBefore(at, victim)) {
                    victim = at;
                }
            }
        }
        if (victim == null) {
            return false;
        }
        waiting -= victim.waiting.count();
        while (!victim.waiting.isEmpty()) {
            drops.drop(victim.waiting.poll(), DropReason.NEIGHBOUR_TABLE_FULL);
        }
        remove(victim);
        return true;
    }

    private static boolean goesBefore(Neighbour one, Neighbour other) {
        int difference = worth(one.state) - worth(other.state);
        return difference != 0 ? difference < 0 : one.used - other.used < 0;
    }

    private static int worth(State state) {
        return switch (state) {
            case STALE, INCOMPLETE, GONE -> 0;
            case DELAY, PROBE -> 1;
            case REACHABLE -> 2;
        };
    }

    private void remove(Neighbour neighbour) {
        timers.cancel(neighbour);
        neighbour.state = State.GONE;
        int bucket = bucket(neighbour.high, neighbour.low);
        if (buckets[bucket] == neighbour) {
            buckets[bucket] = neighbour.nextInBucket;
        } else {
            Neighbour at = buckets[bucket];
            while (at.nextInBucket != neighbour) {
                at = at.nextInBucket;
            }
            at.nextInBucket = neighbour.nextInBucket;
        }
        count--;
    }

    private int bucket(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 32) + hashKey) * hashKey;
        mixed ^= mixed >>> 29;
        return (int) ((mixed + low) * hashKey >>> 56);
    }
}
