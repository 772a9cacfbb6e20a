package dev.cortado.runtime.net.tcp;

import static dev.cortado.runtime.net.wire.TcpSegment.ACK;
import static dev.cortado.runtime.net.wire.TcpSegment.CWR;
import static dev.cortado.runtime.net.wire.TcpSegment.ECE;
import static dev.cortado.runtime.net.wire.TcpSegment.FIN;
import static dev.cortado.runtime.net.wire.TcpSegment.RST;
import static dev.cortado.runtime.net.wire.TcpSegment.SYN;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.wire.TcpOptions;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A port that takes connections (RFC 9293, 3.10.7.2). Half-open ones are counted and bounded;
 * beyond that bound it answers with SYN cookies and remembers nothing. Only those whose handshake
 * is over are in the queue, which holds no more than the backlog.
 */
public final class TcpListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final TcpCommons commons;
    private final TcpTransport transport;
    private final TcpBinding binding;
    private final SynCookies cookies;
    final Set<HalfOpen> halfOpen = new HashSet<>();
    final ArrayDeque<TcpConnection> queue = new ArrayDeque<>();
    private final IncomingSegment segment = new IncomingSegment();
    int backlog;
    private int reserved;
    private boolean closed;
    private long cookiesUntil = Long.MIN_VALUE;
    private long cookiesSent;
    private volatile Runnable ready = () -> {};

    TcpListener(
            TcpCommons commons,
            TcpTransport transport,
            SynCookies cookies,
            TcpBinding binding,
            int backlog) {
        this.commons = commons;
        this.transport = transport;
        this.cookies = cookies;
        this.binding = binding;
        this.backlog = Math.max(1, backlog);
    }

    /** Whom to tell when there is a connection to take; outside of all locks. */
    public void setListener(Runnable listener) {
        ready = listener;
    }

    /** How many may wait to be accepted from now on; those that wait already stay. */
    public void setBacklog(int connections) {
        lock.lock();
        try {
            backlog = Math.max(1, connections);
        } finally {
            lock.unlock();
        }
    }

    /** The next connection, whose handshake is over; null if there is none. */
    public TcpConnection accept() {
        lock.lock();
        try {
            return queue.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Connections that {@link #accept} would return. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    public int halfOpen() {
        lock.lock();
        try {
            return halfOpen.size();
        } finally {
            lock.unlock();
        }
    }

    public long cookiesSent() {
        lock.lock();
        try {
            return cookiesSent;
        } finally {
            lock.unlock();
        }
    }

    TcpBinding binding() {
        return binding;
    }

    public IpAddress address() {
        return binding.address();
    }

    public int port() {
        return binding.port();
    }

    /** Takes no more connections, and gives its port back; those that wait are reset. */
    public void close(long now) {
        transport.remove(this);
        HalfOpen[] begun;
        TcpConnection[] done;
        lock.lock();
        try {
            closed = true;
            begun = halfOpen.toArray(HalfOpen[]::new);
            done = queue.toArray(TcpConnection[]::new);
            queue.clear();
        } finally {
            lock.unlock();
        }
        for (HalfOpen entry : begun) {
            entry.close();
        }
        for (TcpConnection connection : done) {
            connection.abort(now);
        }
    }

    /**
     * A segment has come that is for this port and for no connection.
     *
     * @return whether the packet was taken; if not, it is the caller's
     */
    boolean arrived(PacketBuffer packet, long now) {
        HalfOpen begun = null;
        TcpConnection accepted = null;
        lock.lock();
        try {
            if (!segment.read(packet)) {
                commons.drops.count(DropReason.TCP_MALFORMED);
            } else if (segment.has(RST)) {
                commons.drops.count(DropReason.TCP_NO_CONNECTION);
            } else if (segment.has(ACK)) {
                TableEntry addresses = new Addresses(packet.info());
                Handshake ended = segment.has(SYN) ? null : checkCookie(addresses, now);
                if (ended == null) {
                    commons.drops.count(DropReason.TCP_NO_CONNECTION);
                    commons.resets.answer(packet, now);
                } else {
                    accepted = establish(addresses, ended, now);
                    if (accepted == null) {
                        // The other side sends its data again: there may be a place then.
                        commons.drops.count(DropReason.TCP_BACKLOG_FULL);
                    }
                }
            } else if (segment.has(SYN) && !segment.has(FIN)) {
                begun = takeSyn(packet, now);
            } else {
                commons.drops.count(DropReason.TCP_NOT_ACCEPTABLE);
            }
        } finally {
            segment.packet = null;
            lock.unlock();
        }
        if (begun != null) {
            begun.begin(now);
        }
        return accepted != null && giveFirst(accepted, packet, now);
    }

    private HalfOpen takeSyn(PacketBuffer packet, long now) {
        if (closed || queue.size() + reserved >= backlog) {
            commons.drops.count(DropReason.TCP_BACKLOG_FULL);
            return null;
        }
        TableEntry addresses = new Addresses(packet.info());
        Handshake handshake = readHandshake(addresses, now);
        if (halfOpen.size() >= commons.settings.maximumHalfOpen) {
            sendCookie(addresses, handshake, now);
            return null;
        }
        HalfOpen added = new HalfOpen(addresses, handshake, this, commons);
        boolean isAdded = false;
        halfOpen.add(added);
        try {
            isAdded = commons.table.add(added);
        } finally {
            if (!isAdded) {
                halfOpen.remove(added);
            }
        }
        if (!isAdded) {
            commons.drops.count(DropReason.TCP_BACKLOG_FULL);
            return null;
        }
        return added;
    }

    private Handshake readHandshake(TableEntry addresses, long now) {
        TcpOptions options = segment.options;
        TcpSettings settings = commons.settings;
        Handshake handshake = new Handshake();
        handshake.initialReceive = segment.sequence;
        handshake.initialSend = commons.initialSequence(addresses, now);
        handshake.answeredAt = now;
        handshake.window = segment.window;
        handshake.peerSegmentBytes =
                SynSent.peerSegmentBytes(addresses, options.maximumSegmentSize());
        handshake.sendScale = settings.windowScaling ? options.windowScale() : -1;
        handshake.selective = settings.selectiveAcknowledgement && options.sackPermitted();
        handshake.timestamps = settings.timestamps && options.hasTimestamps();
        handshake.recentTimestamp = options.timestampValue();
        handshake.timestampOffset = commons.timestampOffset(addresses);
        handshake.ecn = segment.has(ECE) && segment.has(CWR);
        return handshake;
    }

    private void sendCookie(TableEntry addresses, Handshake handshake, long now) {
        handshake.initialSend =
                cookies.make(addresses, handshake.initialReceive, handshake.peerSegmentBytes, now);
        handshake.sendScale = -1;
        handshake.selective = false;
        handshake.timestamps = false;
        handshake.ecn = false;
        cookiesUntil = now + 2 * 60_000_000_000L;
        cookiesSent++;
        SynAnswer.send(addresses, handshake, commons, now);
    }

    /** The handshake that a cookie stands for; null if it is none of ours. */
    private Handshake checkCookie(TableEntry addresses, long now) {
        if (now > cookiesUntil) {
            return null;
        }
        Handshake handshake = new Handshake();
        handshake.initialReceive = segment.sequence - 1;
        handshake.initialSend = segment.acknowledgment - 1;
        int segmentBytes =
                cookies.check(addresses, handshake.initialReceive, handshake.initialSend, now);
        if (segmentBytes == SynCookies.NONE) {
            return null;
        }
        handshake.window = segment.window;
        handshake.peerSegmentBytes = segmentBytes;
        return handshake;
    }

    /**
     * Makes a connection of a handshake, and keeps a place in the queue for it. {@link #giveFirst}
     * follows, without locks.
     *
     * @param entry in whose place it is put, if it is in the table
     * @return null if there is no place
     */
    TcpConnection establish(TableEntry entry, Handshake handshake, long now) {
        lock.lock();
        try {
            if (closed || queue.size() + reserved >= backlog) {
                return null;
            }
            TcpConnection connection =
                    new TcpConnection(entry, commons, handshake.initialSend, now);
            connection.accept(handshake, now);
            if (!commons.table.replace(entry.isInTable ? entry : null, connection)) {
                connection.abandon(now);
                return null;
            }
            reserved++;
            return connection;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a connection the segment that ends its handshake, which may hold data. */
    boolean giveFirst(TcpConnection connection, PacketBuffer packet, long now) {
        boolean taken;
        boolean queued;
        try {
            taken = connection.arrived(packet, now);
        } finally {
            queued = enqueue(connection);
            if (!queued) {
                connection.abort(now);
            }
        }
        if (queued) {
            ready.run();
        }
        return taken;
    }

    /** Instead of its reservation. False if there is nothing to be accepted, or nobody to do it. */
    private boolean enqueue(TcpConnection connection) {
        lock.lock();
        try {
            reserved--;
            return !closed && connection.wasEstablished() && queue.add(connection);
        } finally {
            lock.unlock();
        }
    }

    void halfOpenEnded(HalfOpen entry) {
        lock.lock();
        try {
            halfOpen.remove(entry);
        } finally {
            lock.unlock();
        }
    }
}
