package dev.cortado.kernel.ipc;

/** There is nobody, and will be nobody, at the other side. */
public final class EndpointClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    public EndpointClosedException(String message) {
        super(message);
    }
}
