package dev.cortado.runtime.net.tcp;

import static dev.cortado.runtime.net.tcp.TransmissionControlBlock.NEVER;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.PacketError;
import java.nio.ByteBuffer;

/**
 * A connection, as its socket sees it. Nothing here waits: a call does what can be done now, and
 * the listener is told when more can. Any thread may call; calls on one connection exclude each
 * other. {@code now} is the stack's clock, in nanoseconds.
 */
public final class TcpConnection extends LockedConnection {
    /** Instead of a count: the other side has sent all that it will. */
    public static final int END = -1;

    private final TcpCommons commons;
    final TransmissionControlBlock tcb;
    private final SegmentOutput output;
    private final SegmentArrival arrival;
    private final SynSent synSent;
    private final ReceiveTuning tuning;
    private final ConnectionTimers timers;
    private final ConnectionEnd end;
    private final IncomingSegment segment = new IncomingSegment();

    private final TcpOptionValues options;

    TcpConnection(TableEntry addresses, TcpCommons commons, int initialSend, long now) {
        super(addresses, commons.timers);
        this.commons = commons;
        PathSegments path = new PathSegments(commons.output, this);
        tcb =
                new TransmissionControlBlock(
                        this, commons.settings, commons.chunks, initialSend, path.bytes(now));
        BlackHole blackHole = new BlackHole(tcb, path);
        output = new SegmentOutput(tcb, commons.output, blackHole);
        end = new ConnectionEnd(tcb, commons, this);
        SegmentCheck check = new SegmentCheck(tcb, output, commons);
        tuning = new ReceiveTuning(tcb);
        ReachabilityHint reachability = new ReachabilityHint(commons.output, this, now);
        arrival = new SegmentArrival(tcb, output, check, tuning, end, reachability);
        synSent = new SynSent(tcb, output, commons.resets, commons.drops, end);
        timers = new ConnectionTimers(tcb, output, blackHole, end);
        options = new TcpOptionValues(tcb, this);
        tcb.timestampOffset = commons.timestampOffset(this);
        tcb.lastHeardAt = now;
        tcb.lastProgressAt = now;
        tcb.time(now);
    }

    /** Begins to connect. The connection is in the table. */
    void open(long now) {
        lock.lock();
        try {
            tcb.state = State.SYN_SENT;
            tcb.giveUpAt = now + tcb.settings.connectTimeout;
            if (!output.open(now)) {
                end.abort(TcpError.NETWORK_UNREACHABLE);
            }
        } finally {
            leave(now);
        }
    }

    /** Takes over a handshake whose last segment is about to be given to {@link #arrived}. */
    void accept(Handshake handshake, long now) {
        lock.lock();
        try {
            Acceptance.apply(tcb, handshake, now);
        } finally {
            leave(now);
        }
    }

    /** It could not be put into the table: nobody knows of it. */
    void abandon(long now) {
        lock.lock();
        try {
            tcb.orphan = true;
            end.abort(null);
        } finally {
            leave(now);
        }
    }

    /** Whether its handshake was completed, whatever has become of it since. */
    boolean wasEstablished() {
        return ask(() -> tcb.state != State.SYN_RECEIVED && tcb.unacknowledged > tcb.initialSend);
    }

    @Override
    boolean arrived(PacketBuffer packet, long now) {
        lock.lock();
        try {
            if (tcb.state == State.CLOSED || tcb.state == State.TIME_WAIT) {
                return false;
            }
            try {
                take(packet, now);
            } finally {
                segment.packet = null;
                packet.release();
            }
            return true;
        } finally {
            leave(now);
        }
    }

    private void take(PacketBuffer packet, long now) {
        if (!segment.read(packet)) {
            commons.drops.count(DropReason.TCP_MALFORMED);
        } else if (tcb.state == State.SYN_SENT) {
            synSent.arrived(segment, tcb.time(now));
        } else {
            arrival.arrived(segment, tcb.time(now));
        }
    }

    @Override
    void timerExpired(long now) {
        if (!end.isOver()) {
            timers.expired(now);
        }
    }

    /** Whether a sequence number that ICMP quotes is of what is under way (RFC 5927, 4.1). */
    boolean isUnderWay(int wireSequence) {
        return ask(() -> !end.isOver() && timers.isUnderWay(wireSequence));
    }

    /** ICMP says that something of this connection did not arrive (RFC 5927). */
    void pathError(PacketError error, int wireSequence, int mtu, long now) {
        lock.lock();
        try {
            if (!end.isOver()) {
                timers.pathError(error, wireSequence, mtu, now);
            }
        } finally {
            leave(now);
        }
    }

    /**
     * Hands over bytes to send.
     *
     * @param from whose position moves on
     * @return how many were taken, 0 if there is no room: then {@link ConnectionEvents#WRITABLE}
     *     will tell
     * @throws TcpException if no more can be sent
     */
    public int send(ByteBuffer from, long now) throws TcpException {
        lock.lock();
        try {
            requireOpenOutput();
            if (!tcb.state.isSynchronized()) {
                return 0;
            }
            timers.beforeSending(now);
            int count = tcb.send.write(from);
            if (count > 0) {
                output.output(now);
            } else if (from.hasRemaining() && tcb.send.room() > 0) {
                timers.awaitMemory(now);
            }
            return count;
        } finally {
            leave(now);
        }
    }

    /** Sends a byte as urgent data (RFC 9293, 3.8.5); whether there was room for it. */
    public boolean sendUrgent(byte value, long now) throws TcpException {
        lock.lock();
        try {
            requireOpenOutput();
            if (!tcb.state.isSynchronized() || tcb.send.room() == 0) {
                return false;
            }
            if (tcb.send.write(ByteBuffer.wrap(new byte[] {value})) == 0) {
                timers.awaitMemory(now);
                return false;
            }
            tcb.sendUrgent = tcb.send.end();
            output.output(now);
            return true;
        } finally {
            leave(now);
        }
    }

    private void requireOpenOutput() throws TcpException {
        if (tcb.error != null) {
            throw new TcpException(tcb.error);
        }
        if (tcb.outputClosed || end.isOver()) {
            throw new TcpException(TcpError.BROKEN_PIPE);
        }
    }

    /**
     * Takes bytes that have come.
     *
     * @param to whose position moves on
     * @return how many, 0 if there are none yet: then {@link ConnectionEvents#READABLE} will tell;
     *     {@link #END} if none will come
     * @throws TcpException if the connection has failed; after all that had come was taken
     */
    public int receive(ByteBuffer to, long now) throws TcpException {
        lock.lock();
        try {
            if (tcb.receive != null && !tcb.inputClosed) {
                int count = UrgentData.read(tcb, to);
                if (count > 0) {
                    tuning.read(now);
                    ReceiveWindow.update(tcb);
                    return count;
                }
            }
            if (tcb.error != null && tcb.error != TcpError.BROKEN_PIPE) {
                throw new TcpException(tcb.error);
            }
            return tcb.inputClosed || end.isInputOver() ? END : 0;
        } finally {
            leave(now);
        }
    }

    /** No more will be written; what was goes out, and a FIN behind it. */
    public void shutdownOutput(long now) {
        lock.lock();
        try {
            end.closeOutput(now);
            output.output(now);
        } finally {
            leave(now);
        }
    }

    /** No more will be read: what comes is acknowledged and forgotten. */
    public void shutdownInput(long now) {
        lock.lock();
        try {
            tcb.inputClosed = true;
            if (tcb.receive != null) {
                tcb.receive.discard();
                ReceiveWindow.update(tcb);
            }
        } finally {
            leave(now);
        }
    }

    /**
     * The program is done with it (RFC 9293, 3.10.4): what was written still goes out. With bytes
     * that it has not read, the other side gets a reset (RFC 2525, 2.17).
     */
    public void close(long now) {
        lock.lock();
        try {
            if (end.close(now)) {
                output.reset(now);
                end.abort(TcpError.ABORTED);
            } else {
                output.output(now);
            }
        } finally {
            leave(now);
        }
    }

    /** Ends it at once with a reset (RFC 9293, 3.10.5). */
    public void abort(long now) {
        lock.lock();
        try {
            if (tcb.state.isSynchronized() && tcb.state != State.TIME_WAIT
                    || tcb.state == State.SYN_RECEIVED) {
                output.reset(now);
            }
            tcb.orphan = true;
            end.abort(TcpError.ABORTED);
            end.clear();
        } finally {
            leave(now);
        }
    }

    @Override
    long settle(long now) {
        if (end.isOver()) {
            return NEVER;
        }
        output.finish(now);
        return timers.deadline(now);
    }

    @Override
    TcpConnection self() {
        return this;
    }

    @Override
    int takeEvents() {
        int events = tcb.events;
        tcb.events = 0;
        return events;
    }

    public State state() {
        return ask(() -> tcb.state);
    }

    /** Why it is over before its time; null if it is not. */
    public TcpError error() {
        return ask(() -> tcb.error);
    }

    /** What could be done now without waiting: bits of {@link ConnectionEvents}. */
    public int readiness() {
        // Asked before and after every wait: allocates nothing.
        lock.lock();
        try {
            return end.readiness();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes to read. */
    public int available() {
        return ask(() -> tcb.receive == null || tcb.inputClosed ? 0 : tcb.receive.size());
    }

    /** Bytes written, and our FIN if there is one, that the other side has not acknowledged. */
    public long unacknowledged() {
        lock.lock();
        try {
            long fin = tcb.outputClosed && !end.isOver() && !tcb.finSent() ? 1 : 0;
            return end.isOver()
                    ? 0
                    : Math.max(tcb.send.end(), tcb.sendNext) - tcb.unacknowledged + fin;
        } finally {
            lock.unlock();
        }
    }

    /** Its options, which can be changed at any time. */
    public TcpOptionValues options() {
        return options;
    }

    /** Changes something with the lock held, and does what follows from it. */
    void change(Runnable change, long now) {
        lock.lock();
        try {
            change.run();
            if (!end.isOver()) {
                output.output(now);
            }
        } finally {
            leave(now);
        }
    }

    public IpAddress localAddress() {
        return new IpAddress(localHigh, localLow);
    }

    public int localPort() {
        return localPort;
    }

    public IpAddress remoteAddress() {
        return new IpAddress(remoteHigh, remoteLow);
    }

    public int remotePort() {
        return remotePort;
    }

    /** For tests and for the monitor: what the path looks like from here. */
    public PathReport report() {
        return ask(() -> PathReport.of(tcb));
    }
}
