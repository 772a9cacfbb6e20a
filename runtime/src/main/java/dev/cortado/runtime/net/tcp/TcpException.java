package dev.cortado.runtime.net.tcp;

/** A call on a connection has failed. */
public final class TcpException extends Exception {
    private static final long serialVersionUID = 1;

    private final TcpError error;

    public TcpException(TcpError error) {
        super(error.toString());
        this.error = error;
    }

    public TcpError error() {
        return error;
    }
}
