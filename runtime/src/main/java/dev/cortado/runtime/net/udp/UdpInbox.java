package dev.cortado.runtime.net.udp;

import dev.cortado.runtime.net.buffer.PacketAccount;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketQueue;
import dev.cortado.runtime.net.ip.PacketError;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What has come for a UDP socket and was not read yet: datagrams, as far as their memory may go,
 * and what ICMP said. Any thread may call; its lock is the last one.
 */
public final class UdpInbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final PacketQueue received = new PacketQueue();
    private final PacketAccount account;
    private PacketError error;
    private boolean isClosed;

    UdpInbox(int bytes) {
        account = new PacketAccount(bytes);
    }

    /** Memory of the datagrams that wait, and how much there may be. */
    public PacketAccount account() {
        return account;
    }

    /** How many datagrams wait, about: waits for nothing. */
    public int count() {
        return received.count();
    }

    /** False if there is no room for it, or it is closed: then it is still the caller's. */
    boolean add(PacketBuffer packet) {
        lock.lock();
        try {
            if (isClosed || !packet.chargeTo(account)) {
                return false;
            }
            received.add(packet);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void fail(PacketError why) {
        lock.lock();
        try {
            error = why;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next datagram, which is the caller's: its data, and in its info where it is from and what
     * it was sent to. Null if there is none.
     */
    public PacketBuffer receive() {
        lock.lock();
        try {
            PacketBuffer packet = received.poll();
            if (packet != null) {
                packet.discharge();
            }
            return packet;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #receive} would give one. */
    public boolean isReadable() {
        lock.lock();
        try {
            return !received.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of data of the next datagram; 0 if there is none. */
    public int available() {
        lock.lock();
        try {
            PacketBuffer packet = received.first();
            return packet == null ? 0 : packet.totalLength();
        } finally {
            lock.unlock();
        }
    }

    /** What {@link #takeError} would return. */
    public PacketError error() {
        lock.lock();
        try {
            return error;
        } finally {
            lock.unlock();
        }
    }

    /** What ICMP said of a datagram to the peer since somebody asked; null if nothing. */
    public PacketError takeError() {
        lock.lock();
        try {
            PacketError taken = error;
            error = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of all that waits, and takes no more. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
            received.release();
        } finally {
            lock.unlock();
        }
    }
}
