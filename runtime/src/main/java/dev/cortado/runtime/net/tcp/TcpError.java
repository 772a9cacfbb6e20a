package dev.cortado.runtime.net.tcp;

/** Why a connection ended before its time, or could not be made. Comments name POSIX's errors. */
public enum TcpError {
    /** ECONNREFUSED. */
    REFUSED("connection refused"),

    /** ECONNRESET. */
    RESET("connection reset by peer"),

    /** ETIMEDOUT. */
    TIMED_OUT("connection timed out"),

    /** ENETUNREACH. */
    NETWORK_UNREACHABLE("network is unreachable"),

    /** EHOSTUNREACH. */
    HOST_UNREACHABLE("no route to host"),

    /** EADDRNOTAVAIL: no local address, or no port is free. */
    ADDRESS_NOT_AVAILABLE("cannot assign requested address"),

    /** EADDRINUSE. */
    ADDRESS_IN_USE("address already in use"),

    /** ENOBUFS: as many connections as there may be. */
    TOO_MANY("too many connections"),

    /** EPIPE: the output was shut down, or the connection is no more. */
    BROKEN_PIPE("broken pipe"),

    /** ECONNABORTED: this side gave it up. */
    ABORTED("connection aborted");

    private final String text;

    TcpError(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
