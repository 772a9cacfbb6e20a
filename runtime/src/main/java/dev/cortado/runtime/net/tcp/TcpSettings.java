package dev.cortado.runtime.net.tcp;

/** What a stack's connections have in common. Sizes in bytes, times in nanoseconds. */
public final class TcpSettings {
    private static final long SECOND = 1_000_000_000;

    /** SO_SNDBUF at first, and how far it grows by itself. */
    public int sendBuffer = 64 << 10;

    public int maximumSendBuffer = 4 << 20;

    /** SO_RCVBUF at first, and how far it grows by itself. */
    public int receiveBuffer = 64 << 10;

    public int maximumReceiveBuffer = 6 << 20;

    /** Chunks of 4 KiB for all buffers together, and how many stay allocated. */
    public int chunks = 16 << 10;

    public int keptChunks = 1 << 10;

    public int maximumConnections = 100_000;
    public int maximumTimeWaits = 16_384;

    /** Half-open connections of one listener; beyond, SYN cookies. */
    public int maximumHalfOpen = 256;

    public boolean timestamps = true;
    public boolean selectiveAcknowledgement = true;
    public boolean windowScaling = true;

    /** RFC 3168: asks for ECN when it connects. Who asks us gets it in any case. */
    public boolean ecn;

    /** CUBIC, or else NewReno. */
    public boolean cubic = true;

    /** RFC 9293, 3.8.3: R2 of a SYN, and of anything else. */
    public long connectTimeout = 180 * SECOND;

    public long userTimeout = 300 * SECOND;

    /** Delayed acknowledgements (RFC 9293, 3.8.6.3): below 500 ms. */
    public long acknowledgementDelay = 40_000_000;

    /** Twice the maximum segment lifetime. RFC 9293 says 4 minutes; practice is a minute. */
    public long timeWait = 60 * SECOND;

    /** How long a connection that nobody holds waits for the other side's FIN. */
    public long finWait2Timeout = 60 * SECOND;

    /** Challenge acknowledgements a second, of a connection and of all (RFC 5961, 7). */
    public int challengesPerConnection = 10;

    public int challenges = 1_000;

    /** Resets a second for segments without a connection. */
    public int resets = 1_000;
}
