package dev.cortado.kernel.ipc;

/** A call was not answered: the cause says what the service died of, or what it refused with. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ServiceException(String message, Throwable cause) {
        super(message, cause);
    }
}
