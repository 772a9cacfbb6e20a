package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.folder.BadReplyException;
import dev.cortado.runtime.file.folder.ReplyFields;
import java.nio.ByteBuffer;

/** A server's message (fuse.h, fuse_out_header and what is behind it). */
final class Reply extends ReplyFields {
    /** In front of what is said of a server. */
    static final String PROTOCOL = "virtiofs: ";

    /** Of fuse_out_header. */
    static final int HEADER_BYTES = 16;

    /** Errors have numbers below (fuse.h: "error" is 0 or negative; Linux, MAX_ERRNO). */
    private static final int MOST_ERRORS = 4096;

    /**
     * Checks a reply's first fields.
     *
     * @param memory where it is, from {@code at} on
     * @param count bytes that came
     * @param opcode of what it is the answer to
     * @param unique of that
     * @throws FileException why the server does not do it; EIO also for errors that are none of the
     *     program's
     */
    Reply(ByteBuffer memory, int at, int count, int opcode, long unique) throws FileException {
        super(PROTOCOL + "the reply to operation " + opcode, memory, at, count, HEADER_BYTES);
        int size = number32();
        int error = number32();
        long actual = number64();
        limit(size, HEADER_BYTES);
        if (actual != unique) {
            throw bad(
                    "is the one to "
                            + Long.toUnsignedString(actual)
                            + " and not to "
                            + Long.toUnsignedString(unique));
        }
        if (error > 0 || error <= -MOST_ERRORS) {
            throw bad("has the error " + error);
        }
        if (error != 0) {
            requireEnd();
            throw new FileException(errno(-error));
        }
    }

    /** Fields that nobody needs. */
    void skip(int count) throws BadReplyException {
        bytes(count);
    }

    /** All that follows. */
    byte[] rest() throws BadReplyException {
        return bytes(remaining());
    }

    /**
     * How many bytes of data follow.
     *
     * @param asked at most so many
     */
    int dataBytes(int asked) throws BadReplyException {
        if (remaining() > asked) {
            throw bad("has " + remaining() + " bytes of data, of " + asked + " asked for");
        }
        return remaining();
    }
}
