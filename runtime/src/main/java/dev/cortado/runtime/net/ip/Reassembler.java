package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.time.TimerQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Packets that are being put together, of both IPs. There is room for a fixed number of packets and
 * of fragments; for a new packet the oldest makes room, so that who sends only halves cannot keep
 * out the others for long.
 */
final class Reassembler {
    /** Most packets at a time, and most of one source. */
    static final int PACKETS = 64;

    static final int PACKETS_OF_SOURCE = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Reassembly[] packets = new Reassembly[PACKETS];
    private final TimerQueue timers;
    private final DropCounters drops;
    private final int limit;
    private volatile ErrorSender errors;
    private int fragments;
    private long begun;

    /**
     * @param limit most fragments that are kept, of all packets
     */
    Reassembler(TimerQueue timers, DropCounters drops, int limit) {
        this.timers = timers;
        this.drops = drops;
        this.limit = limit;
        for (int i = 0; i < PACKETS; i++) {
            packets[i] = new Reassembly(this);
        }
    }

    void setErrors(ErrorSender errorSender) {
        errors = errorSender;
    }

    /**
     * Adds a fragment.
     *
     * @param piece starts at its data; taken over
     * @param timeout nanoseconds until the packet is given up, if it begins with this fragment
     * @return the packet if it is whole: the first fragment and the others behind it; else null
     */
    PacketBuffer add(
            FragmentKey key,
            PacketBuffer piece,
            int offset,
            boolean isLast,
            long timeout,
            long now) {
        lock.lock();
        try {
            Reassembly packet = find(key);
            if (packet == null) {
                packet = begin(key, now + timeout);
            }
            if (fragments >= limit) {
                dropOldest(packet);
            }
            if (fragments >= limit) {
                drops.drop(piece, DropReason.FRAGMENT_LIMIT);
                return null;
            }
            DropReason refused = packet.add(piece, offset, isLast);
            if (refused != null) {
                drops.drop(piece, refused);
                return null;
            }
            fragments++;
            if (!packet.isWhole()) {
                return null;
            }
            fragments -= packet.count();
            end(packet);
            return packet.join();
        } finally {
            lock.unlock();
        }
    }

    private Reassembly find(FragmentKey key) {
        for (Reassembly packet : packets) {
            if (packet.isUsed && packet.key.is(key)) {
                return packet;
            }
        }
        return null;
    }

    private Reassembly begin(FragmentKey key, long deadline) {
        Reassembly place = null;
        Reassembly oldestOfSource = null;
        int ofSource = 0;
        for (Reassembly packet : packets) {
            if (!packet.isUsed) {
                place = place == null || place.isUsed ? packet : place;
            } else if (place == null || place.isUsed && packet.order < place.order) {
                place = packet;
            }
            if (packet.isUsed
                    && packet.key.sourceLow == key.sourceLow
                    && packet.key.sourceHigh == key.sourceHigh) {
                ofSource++;
                if (oldestOfSource == null || packet.order < oldestOfSource.order) {
                    oldestOfSource = packet;
                }
            }
        }
        if (ofSource >= PACKETS_OF_SOURCE) {
            place = oldestOfSource;
        }
        if (place.isUsed) {
            drops.count(DropReason.FRAGMENT_LIMIT);
            place.spoil();
        }
        place.begin(key, ++begun);
        timers.set(place, deadline);
        return place;
    }

    /** Makes room for fragments: the oldest packet that has some is given up. */
    private void dropOldest(Reassembly except) {
        Reassembly oldest = null;
        for (Reassembly packet : packets) {
            if (packet.isUsed
                    && packet != except
                    && packet.count() > 0
                    && (oldest == null || packet.order < oldest.order)) {
                oldest = packet;
            }
        }
        if (oldest != null) {
            drops.count(DropReason.FRAGMENT_LIMIT);
            oldest.spoil();
            end(oldest);
        }
    }

    private void end(Reassembly packet) {
        packet.isUsed = false;
        timers.cancel(packet);
    }

    /** Fragments were given back; under the lock. */
    void given(int count) {
        fragments -= count;
    }

    /** RFC 8200, 4.5: the sender is told if the first fragment has come. */
    void expired(Reassembly packet, long now) {
        PacketBuffer pieces = null;
        boolean hasFirst = false;
        lock.lock();
        try {
            if (!packet.isUsed || packet.isSet()) {
                return;
            }
            drops.count(DropReason.FRAGMENT_TIMEOUT);
            if (packet.count() > 0) {
                hasFirst = packet.hasFirst();
                fragments -= packet.count();
                pieces = packet.join();
            }
            packet.isUsed = false;
        } finally {
            lock.unlock();
        }
        if (pieces != null) {
            if (hasFirst && errors != null) {
                errors.reassemblyTimeExceeded(pieces, now);
            }
            pieces.release();
        }
    }

    /** How many fragments are kept. */
    int fragments() {
        lock.lock();
        try {
            return fragments;
        } finally {
            lock.unlock();
        }
    }
}
