package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A server's message, read field by field. Each field is read once and checked before anything is
 * done with it: the memory may still be the server's. What it has too little or too much of is a
 * {@link BadReplyException}.
 */
final class Reply {
    private final ByteBuffer bytes;
    private final int type;

    /**
     * Checks a reply's first fields.
     *
     * @param memory where it is, from {@code at} on
     * @param count bytes that came
     * @param request what it is the answer to
     * @param tag of that
     * @throws FileException why the server does not do it; EIO also for errors that are none of the
     *     program's
     */
    Reply(ByteBuffer memory, int at, int count, int request, int tag) throws FileException {
        type = request + 1;
        if (count < Request.HEADER_BYTES || count > memory.capacity() - at) {
            throw bad("came with " + count + " bytes");
        }
        bytes = memory.slice(at, count).order(ByteOrder.LITTLE_ENDIAN);
        int size = bytes.getInt();
        int actualType = number8();
        int actualTag = number16();
        // Transports may bring more bytes than the message has, but not less.
        if (size < Request.HEADER_BYTES || size > count) {
            throw bad("has a size of " + Integer.toUnsignedString(size) + ", in " + count);
        }
        bytes.limit(size);
        if (actualTag != tag) {
            throw bad("has the tag " + actualTag + " and not " + tag);
        }
        if (actualType == MessageType.RLERROR) {
            int number = number32();
            requireEnd();
            throw new FileException(errno(number));
        }
        if (actualType != type) {
            throw bad("is of type " + actualType);
        }
    }

    /** Those that callers take for their own would make them try again, or close what is open. */
    private static Errno errno(int number) {
        Errno errno = Errno.of(number);
        return switch (errno) {
            case null -> Errno.EIO;
            case EINTR, EAGAIN, EBADF, ERESTART -> Errno.EIO;
            default -> errno;
        };
    }

    BadReplyException bad(String what) {
        return new BadReplyException("the reply of type " + type + " " + what);
    }

    private void require(int count) throws BadReplyException {
        if (bytes.remaining() < count) {
            throw bad("is cut short");
        }
    }

    int number8() throws BadReplyException {
        require(Byte.BYTES);
        return Byte.toUnsignedInt(bytes.get());
    }

    int number16() throws BadReplyException {
        require(Short.BYTES);
        return Short.toUnsignedInt(bytes.getShort());
    }

    int number32() throws BadReplyException {
        require(Integer.BYTES);
        return bytes.getInt();
    }

    long number64() throws BadReplyException {
        require(Long.BYTES);
        return bytes.getLong();
    }

    /** A number of 64 bits that has no sign, and is small enough to have one. */
    long count64() throws BadReplyException {
        long number = number64();
        if (number < 0) {
            throw bad("has the number " + Long.toUnsignedString(number));
        }
        return number;
    }

    Qid qid() throws BadReplyException {
        require(Qid.BYTES);
        int kind = number8();
        number32(); // the version, which changes with the file
        return new Qid(kind, number64());
    }

    /**
     * Text with its length in front.
     *
     * @param most bytes that it may have
     */
    byte[] text(int most) throws BadReplyException {
        int length = number16();
        if (length > most) {
            throw bad("has " + length + " bytes of text");
        }
        require(length);
        byte[] text = new byte[length];
        bytes.get(text);
        return text;
    }

    /**
     * How many bytes of data follow, which are all that follows.
     *
     * @param asked at most so many
     */
    int dataBytes(int asked) throws BadReplyException {
        int count = number32();
        if (count < 0 || count > asked || count != bytes.remaining()) {
            throw bad(
                    "has "
                            + Integer.toUnsignedString(count)
                            + " bytes of data, of "
                            + asked
                            + " asked for, and "
                            + bytes.remaining()
                            + " came");
        }
        return count;
    }

    /** Moves so many of the bytes that follow. */
    void moveTo(ByteBuffer to, int count) throws BadReplyException {
        require(count);
        to.put(to.position(), bytes, bytes.position(), count);
        to.position(to.position() + count);
        bytes.position(bytes.position() + count);
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }

    void requireEnd() throws BadReplyException {
        if (hasMore()) {
            throw bad("has " + bytes.remaining() + " bytes too many");
        }
    }
}
