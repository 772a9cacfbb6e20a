package dev.cortado.image;

/**
 * Something that the person at the keyboard can mend: the message says what is wrong, where, and
 * what to do. It is shown as it is, without a stack trace, and the exit code is 2.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
