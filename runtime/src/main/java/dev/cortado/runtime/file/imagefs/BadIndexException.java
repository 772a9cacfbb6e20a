package dev.cortado.runtime.file.imagefs;

/** An index is not as {@link IndexLayout} says. The message says what is wrong, and where. */
public final class BadIndexException extends Exception {
    private static final long serialVersionUID = 1;

    BadIndexException(String message) {
        super(message);
    }
}
