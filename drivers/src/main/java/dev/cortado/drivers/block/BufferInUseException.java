package dev.cortado.drivers.block;

import java.io.IOException;

/**
 * A device was given up that may still write to the buffers of calls that were under way: it does
 * not reset itself, and nothing keeps it from memory.
 */
public final class BufferInUseException extends IOException {
    private static final long serialVersionUID = 1;

    /** Of one exception in another; nobody makes longer chains. */
    private static final int MOST_CAUSES = 16;

    public BufferInUseException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Of a device that was to be stopped.
     *
     * @param reason why it was
     * @param failure why it could not be
     */
    public static BufferInUseException of(IOException reason, Throwable failure) {
        BufferInUseException end =
                new BufferInUseException(
                        reason.getMessage() + "; it is not reset, and may still write to buffers",
                        reason);
        end.addSuppressed(failure);
        return end;
    }

    /** Whether this is what a call has ended with, by whatever other exceptions it came. */
    public static boolean isIn(Throwable end) {
        Throwable at = end;
        for (int i = 0; at != null && i < MOST_CAUSES; i++) {
            if (at instanceof BufferInUseException) {
                return true;
            }
            for (Throwable other : at.getSuppressed()) {
                if (other != at && isOrWraps(other)) {
                    return true;
                }
            }
            at = at.getCause();
        }
        return false;
    }

    private static boolean isOrWraps(Throwable other) {
        return other instanceof BufferInUseException
                || other.getCause() instanceof BufferInUseException;
    }
}
