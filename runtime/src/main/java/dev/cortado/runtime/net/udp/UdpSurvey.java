package dev.cortado.runtime.net.udp;

/**
 * Goes through all sockets that have a port, for somebody to look at. It takes no lock, as {@link
 * dev.cortado.runtime.net.tcp.TcpSurvey} does not, and makes no objects. For one thread.
 */
public final class UdpSurvey {
    private static final UdpSocket[] NONE = {};

    private UdpTable table;
    private int nextBucket;
    private UdpSocket[] bucket = NONE;
    private int nextInBucket;
    private UdpSocket socket;
    private UdpSocket.Peer peer;

    /** Begins before the first socket. */
    public void begin(UdpLayer udp) {
        end();
        table = udp.table();
        nextBucket = 0;
    }

    /** Forgets all of them, who may be gone before somebody looks again. */
    public void end() {
        table = null;
        bucket = NONE;
        nextInBucket = 0;
        socket = null;
        peer = null;
    }

    /** Goes to the next socket; false if there is none. */
    public boolean next() {
        while (nextInBucket == bucket.length) {
            if (nextBucket == UdpTable.BUCKETS) {
                return false;
            }
            bucket = table.candidates(nextBucket++);
            nextInBucket = 0;
        }
        socket = bucket[nextInBucket++];
        peer = socket.peer;
        return true;
    }

    public long localHigh() {
        return socket.localHigh;
    }

    public long localLow() {
        return socket.localLow;
    }

    public int localPort() {
        return socket.localPort();
    }

    /** Datagrams that have come and the program has not read. */
    public int toRead() {
        return socket.inbox().count();
    }

    /** Bytes of memory that they hold. */
    public int bytesHeld() {
        return socket.inbox().account().held();
    }

    /** Whether the socket takes datagrams of one peer only. */
    public boolean isConnected() {
        return peer != null;
    }

    public long remoteHigh() {
        return peer.high();
    }

    public long remoteLow() {
        return peer.low();
    }

    public int remotePort() {
        return peer.port();
    }
}
