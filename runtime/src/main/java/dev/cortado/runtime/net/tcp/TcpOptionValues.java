package dev.cortado.runtime.net.tcp;

/** The options of a connection, by the names of the socket options that set them. */
public final class TcpOptionValues {
    private static final int LEAST_BUFFER = 4096;

    private final TransmissionControlBlock tcb;
    private final TcpConnection connection;

    TcpOptionValues(TransmissionControlBlock tcb, TcpConnection connection) {
        this.tcb = tcb;
        this.connection = connection;
    }

    /** TCP_NODELAY; what Nagle's rule has held back goes out at once. */
    public void setNoDelay(boolean value, long now) {
        connection.change(() -> tcb.noDelay = value, now);
    }

    /** SO_KEEPALIVE. */
    public void setKeepAlive(boolean value, long now) {
        connection.change(() -> tcb.keepAlive = value, now);
    }

    /** TCP_KEEPIDLE, TCP_KEEPINTERVAL (nanoseconds) and TCP_KEEPCOUNT. */
    public void setKeepAliveTimes(long idle, long interval, int count, long now) {
        connection.change(
                () -> {
                    tcb.keepAliveIdle = Math.max(1_000_000_000L, idle);
                    tcb.keepAliveInterval = Math.max(1_000_000_000L, interval);
                    tcb.keepAliveCount = Math.max(1, count);
                },
                now);
    }

    /** TCP_USER_TIMEOUT (RFC 9293, 3.8.3), nanoseconds. */
    public void setUserTimeout(long nanoseconds, long now) {
        connection.change(() -> tcb.userTimeout = nanoseconds, now);
    }

    /** SO_SNDBUF; it does not grow by itself then. */
    public void setSendBuffer(int bytes, long now) {
        connection.change(
                () -> {
                    tcb.send.setLimit(
                            Math.max(
                                    LEAST_BUFFER, Math.min(bytes, tcb.settings.maximumSendBuffer)));
                    tcb.sendBufferIsFixed = true;
                    // Who waits for room may have some now.
                    tcb.events |= connection.readiness() & ConnectionEvents.WRITABLE;
                },
                now);
    }

    /** SO_RCVBUF; it does not grow by itself then. */
    public void setReceiveBuffer(int bytes, long now) {
        connection.change(
                () -> {
                    int limit =
                            Math.max(
                                    LEAST_BUFFER,
                                    Math.min(bytes, tcb.settings.maximumReceiveBuffer));
                    tcb.receiveLimit = limit;
                    tcb.receiveBufferIsFixed = true;
                    if (tcb.receive != null) {
                        tcb.receive.setLimit(limit);
                        ReceiveWindow.update(tcb);
                    }
                },
                now);
    }

    /** SO_OOBINLINE: urgent data is in the stream, instead of left out. */
    public void setUrgentInLine(boolean value, long now) {
        connection.change(() -> tcb.urgentInLine = value, now);
    }

    /** IP_TOS; its two low bits are ECN's and not the program's (RFC 3168, 5). */
    public void setTrafficClass(int value, long now) {
        connection.change(() -> tcb.trafficClass = value & 0xfc, now);
    }

    public int sendBuffer() {
        return connection.ask(tcb.send::limit);
    }

    public int receiveBuffer() {
        return connection.ask(() -> tcb.receive == null ? tcb.receiveLimit : tcb.receive.limit());
    }
}
