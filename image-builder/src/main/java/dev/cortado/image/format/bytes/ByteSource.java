package dev.cortado.image.format.bytes;

import dev.cortado.image.UserError;
import java.nio.ByteBuffer;

/**
 * Bytes that are read at any position, as many as there are: a file, a part of one, or what a file
 * of some format stands for. Positions may be numbers of a file: all are checked.
 *
 * <p>Errors are {@link UserError}s that name the file.
 */
public interface ByteSource extends AutoCloseable {

    /** The file that the bytes are from, as errors call it. */
    String name();

    /** How many bytes there are. */
    long size();

    /**
     * Fills what remains of {@code into}.
     *
     * @throws UserError if so many bytes are not there, or cannot be read
     */
    void read(long position, ByteBuffer into);

    /**
     * How many bytes from a position on are known to be zero without being read: 0 if none are. A
     * range of zeros may have to be asked for several times.
     */
    default long zeros(long position) {
        return 0;
    }

    @Override
    default void close() {}

    /**
     * A copy of some bytes, big-endian.
     *
     * @param length a constant of the format, or checked before
     * @param what it is, for errors
     */
    default ByteBuffer bytes(long position, int length, String what) {
        requireInside(position, length, what);
        ByteBuffer copy = ByteBuffer.allocate(length);
        read(position, copy);
        return copy.flip();
    }

    /** Refuses a range that is not all here, whatever its numbers are. */
    default void requireInside(long position, long length, String what) {
        if (position < 0 || length < 0 || position > size() || length > size() - position) {
            throw damaged(
                    "%s (%s bytes at offset %s) reaches past its end (%d bytes)",
                    what, Long.toUnsignedString(length), Long.toUnsignedString(position), size());
        }
    }

    /** An error about this file, to be thrown by the caller. */
    default UserError damaged(String format, Object... arguments) {
        return new UserError(name() + " is damaged: " + String.format(format, arguments));
    }

    /** An error about what this file has and nobody here reads, to be thrown by the caller. */
    default UserError unsupported(String format, Object... arguments) {
        return new UserError(name() + " cannot be read: " + String.format(format, arguments));
    }
}
