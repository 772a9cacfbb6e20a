package dev.cortado.runtime.file.mount;

/** Something cannot be mounted: the message says what, and why. */
public final class MountException extends Exception {
    private static final long serialVersionUID = 1;

    public MountException(String message) {
        super(message);
    }

    public MountException(String message, Throwable cause) {
        super(message, cause);
    }
}
