package dev.cortado.runtime.net.tcp;

/** What may have happened to a connection: bits of a set. */
public final class ConnectionEvents {
    /** There are bytes to read. */
    public static final int READABLE = 1;

    /** There is room to write. */
    public static final int WRITABLE = 2;

    /** The handshake is over. */
    public static final int CONNECTED = 4;

    /** The other side has sent all that it will. */
    public static final int END_OF_STREAM = 8;

    /** It is over: {@link TcpConnection#error} says why, if not because both sides wanted it. */
    public static final int CLOSED = 16;

    private ConnectionEvents() {}
}
