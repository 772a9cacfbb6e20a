package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.random.SipHash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who gets a segment: entries by their addresses and ports, in buckets that a keyed hash chooses,
 * so that nobody can fill one on purpose. Bounded. Its locks, one for some buckets, are held for a
 * look-up; no other lock is taken meanwhile.
 */
final class ConnectionTable {
    private static final int LOCKS = 64;

    private final TableEntry[] buckets;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
    private final SipHash hash;
    private final int limit;
    private final AtomicInteger count = new AtomicInteger();

    ConnectionTable(int limit, SipHash hash) {
        this.limit = limit;
        this.hash = hash;
        this.buckets = new TableEntry[Integer.highestOneBit(Math.max(LOCKS, limit / 4)) << 1];
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    int count() {
        return count.get();
    }

    /** What a segment that came in is for, or null. */
    TableEntry find(PacketInfo info) {
        return find(
                info.destinationHigh,
                info.destinationLow,
                info.destinationPort,
                info.sourceHigh,
                info.sourceLow,
                info.sourcePort);
    }

    TableEntry find(
            long localHigh,
            long localLow,
            int localPort,
            long remoteHigh,
            long remoteLow,
            int remotePort) {
        int bucket = bucket(localHigh, localLow, localPort, remoteHigh, remoteLow, remotePort);
        ReentrantLock lock = locks[bucket & LOCKS - 1];
        lock.lock();
        try {
            TableEntry entry = buckets[bucket];
            while (entry != null
                    && !entry.is(
                            localHigh, localLow, localPort, remoteHigh, remoteLow, remotePort)) {
                entry = entry.nextInBucket;
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    int buckets() {
        return buckets.length;
    }

    /**
     * The first entry of a bucket, or null, without the bucket's lock. Who goes on from there comes
     * to an end, if others change the bucket meanwhile perhaps too early: an entry is put in once,
     * and never leads back.
     */
    TableEntry peek(int bucket) {
        return buckets[bucket];
    }

    /** The connections that are there now, more or less, if others come and go. */
    List<TcpConnection> connections() {
        List<TcpConnection> found = new ArrayList<>();
        for (int i = 0; i < buckets.length; i++) {
            ReentrantLock lock = locks[i & LOCKS - 1];
            lock.lock();
            try {
                for (TableEntry entry = buckets[i]; entry != null; entry = entry.nextInBucket) {
                    if (entry instanceof TcpConnection connection) {
                        found.add(connection);
                    }
                }
            } finally {
                lock.unlock();
            }
        }
        return found;
    }

    /**
     * Puts in an entry.
     *
     * @return false if there is one for this pair, or as many as there may be
     */
    boolean add(TableEntry added) {
        return replace(null, added);
    }

    /**
     * Puts an entry in another's place.
     *
     * @param old in the table, for the same pair; null if there must be none
     * @return false if that is not so any more
     */
    boolean replace(TableEntry old, TableEntry added) {
        int bucket = bucket(added);
        ReentrantLock lock = locks[bucket & LOCKS - 1];
        lock.lock();
        try {
            TableEntry before = null;
            TableEntry entry = buckets[bucket];
            while (entry != null && !same(entry, added)) {
                before = entry;
                entry = entry.nextInBucket;
            }
            if (entry != old || old == null && !countOne()) {
                return false;
            }
            TableEntry next = old == null ? null : old.nextInBucket;
            if (old == null) {
                before = null;
                next = buckets[bucket];
            } else {
                old.nextInBucket = null;
                old.isInTable = false;
            }
            added.nextInBucket = next;
            added.isInTable = true;
            if (before == null) {
                buckets[bucket] = added;
            } else {
                before.nextInBucket = added;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean countOne() {
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Takes an entry out, if it is in. */
    void remove(TableEntry removed) {
        int bucket = bucket(removed);
        ReentrantLock lock = locks[bucket & LOCKS - 1];
        lock.lock();
        try {
            if (!removed.isInTable) {
                return;
            }
            TableEntry before = null;
            for (TableEntry entry = buckets[bucket]; entry != removed; ) {
                before = entry;
                entry = entry.nextInBucket;
            }
            if (before == null) {
                buckets[bucket] = removed.nextInBucket;
            } else {
                before.nextInBucket = removed.nextInBucket;
            }
            removed.nextInBucket = null;
            removed.isInTable = false;
            count.decrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    private static boolean same(TableEntry a, TableEntry b) {
        return a.is(b.localHigh, b.localLow, b.localPort, b.remoteHigh, b.remoteLow, b.remotePort);
    }

    private int bucket(TableEntry entry) {
        return bucket(
                entry.localHigh,
                entry.localLow,
                entry.localPort,
                entry.remoteHigh,
                entry.remoteLow,
                entry.remotePort);
    }

    private int bucket(
            long localHigh,
            long localLow,
            int localPort,
            long remoteHigh,
            long remoteLow,
            int remotePort) {
        long ports = (long) localPort << 16 | remotePort;
        return (int) hash.hash(localHigh, localLow, remoteHigh, remoteLow, ports)
                & buckets.length - 1;
    }
}
