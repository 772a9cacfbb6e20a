package dev.cortado.runtime.file;

import java.nio.charset.StandardCharsets;

/**
 * A call on a file failed. It is not an {@link java.io.IOException}, so that the compiler asks
 * whoever stands between files and the JDK's natives to turn it into the exception that is expected
 * there. That one has a stack trace; this one has none, since programs ask for files that do not
 * exist all the time.
 */
public class FileException extends Exception {
    private static final long serialVersionUID = 1;

    /** Of a path, in a message. */
    private static final int SHOWN_BYTES = 256;

    private final Errno errno;
    private final String path;

    public FileException(Errno errno) {
        this(errno, null);
    }

    /**
     * @param path what the call was about, for people to read; may be null
     */
    public FileException(Errno errno, String path) {
        super(path == null ? errno.message() : path + ": " + errno.message(), null, false, false);
        this.errno = errno;
        this.path = path;
    }

    /** The same error, which says what path it was about; of a long one, as it begins. */
    public final FileException about(byte[] bytes) {
        int shown = Math.min(bytes.length, SHOWN_BYTES);
        String begin = new String(bytes, 0, shown, StandardCharsets.UTF_8);
        boolean isWhole = shown == bytes.length;
        return new FileException(
                errno, isWhole ? begin : begin + "... (" + bytes.length + " bytes)");
    }

    public final Errno errno() {
        return errno;
    }

    /** What the call was about; null if nobody said. */
    public final String path() {
        return path;
    }
}
