package dev.cortado.drivers.xen.connection;

import dev.cortado.kernel.ipc.ChannelLayout;
import dev.cortado.kernel.ipc.ChannelReceiver;
import dev.cortado.kernel.ipc.ChannelSender;
import dev.cortado.kernel.ipc.Transport;
import dev.cortado.kernel.memory.OrderedMemory;

/**
 * A connection's two channels over pages that both domains see. Each end looks at the pages with
 * its monitor held, and not once it is closed: so the pages can be given back when both are.
 */
public final class Link {
    private static final long RECEIVER = 1;
    private static final long SENDER = 2;

    private final ConnectionHeader header;
    private final boolean client;
    private final PeerPort port;
    private final Runnable release;
    private final Out outgoing;
    private final In incoming;

    /** The other domain is no more, or this one has been moved away from it. */
    private volatile boolean gone;

    /** Guarded by this. */
    private int state = ConnectionHeader.OPEN;

    /**
     * @param channels the pages behind the header
     * @param client which of the two sides this is
     * @param release gives pages and port back; run once, when both ends are closed
     */
    Link(
            ConnectionHeader header,
            OrderedMemory channels,
            int capacity,
            boolean client,
            PeerPort port,
            Runnable release) {
        this.header = header;
        this.client = client;
        this.port = port;
        this.release = release;
        long second = (long) ConnectionHeader.channelPages(capacity) * Hypervisor.PAGE_BYTES;
        if (client) {
            ChannelLayout.initialize(channels, 0);
            ChannelLayout.initialize(channels, second);
        }
        outgoing = new Out(new ChannelSender(channels, client ? 0 : second, capacity));
        incoming = new In(new ChannelReceiver(channels, client ? second : 0, capacity));
    }

    public Transport.Outgoing outgoing() {
        return outgoing;
    }

    public Transport.Incoming incoming() {
        return incoming;
    }

    /** The other side will not come back: who waits for it is told. */
    public void lose() {
        gone = true;
        port.wake();
    }

    boolean isLost() {
        return gone;
    }

    public void close() {
        outgoing.close();
        incoming.close();
    }

    private boolean isPeerOpen(int what) {
        return !gone && (header.state(!client) & what) != 0;
    }

    /** With the end's monitor held, so that no one looks at the pages any more. */
    private void closeEnd(int what) {
        boolean last;
        synchronized (this) {
            state &= ~what;
            header.setState(client, state);
            last = state == 0;
        }
        port.send();
        port.wake();
        if (last) {
            release.run();
        }
    }

    /** What both ends do. */
    private abstract class End implements Transport.End {
        /** What this end does, and what the other side's has to do, of {@link ConnectionHeader}. */
        private final int own;

        private final int others;
        private final long waiter;
        private boolean closed;

        End(int own, int others, long waiter) {
            this.own = own;
            this.others = others;
            this.waiter = waiter;
        }

        /** With the monitor held. */
        boolean isUsable() {
            return !closed;
        }

        abstract boolean mustNotify();

        @Override
        public final synchronized void flush() {
            if (!closed && mustNotify()) {
                port.send();
            }
        }

        @Override
        public final boolean await(long deadline) throws InterruptedException {
            return port.await(waiter, deadline);
        }

        @Override
        public final synchronized boolean isClosed() {
            return closed || !isPeerOpen(others);
        }

        @Override
        public final synchronized void close() {
            if (!closed) {
                closed = true;
                closeEnd(own);
            }
        }
    }

    private final class Out extends End implements Transport.Outgoing {
        private final ChannelSender ring;

        Out(ChannelSender ring) {
            super(ConnectionHeader.SENDS, ConnectionHeader.RECEIVES, SENDER);
            this.ring = ring;
        }

        @Override
        boolean mustNotify() {
            return ring.mustNotify();
        }

        @Override
        public synchronized int offer(byte[] message, int offset, int length) {
            return isUsable() ? ring.offer(message, offset, length) : Transport.CORRUPT;
        }

        @Override
        public synchronized int wantRoom(int length) {
            if (isClosed()) {
                return Transport.READY; // to be seen by whoever tries
            }
            return ring.wantRoom(length);
        }
    }

    private final class In extends End implements Transport.Incoming {
        private final ChannelReceiver ring;

        In(ChannelReceiver ring) {
            super(ConnectionHeader.RECEIVES, ConnectionHeader.SENDS, RECEIVER);
            this.ring = ring;
        }

        @Override
        boolean mustNotify() {
            return ring.mustNotify();
        }

        @Override
        public synchronized int next() {
            return isUsable() ? ring.next() : Transport.CORRUPT;
        }

        @Override
        public synchronized void take(byte[] target, int offset) {
            if (isUsable()) {
                ring.poll(target, offset, target.length - offset);
            }
        }

        @Override
        public synchronized int wantMessage() {
            if (isClosed()) {
                return Transport.READY;
            }
            return ring.wantMessage();
        }
    }
}
