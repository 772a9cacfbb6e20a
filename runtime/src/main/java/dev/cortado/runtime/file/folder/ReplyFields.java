package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystemStatistics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A server's message, read field by field; numbers are little-endian. Each field is read once and
 * checked before anything is done with it: the memory may still be the server's. What it has too
 * little or too much of is a {@link BadReplyException}.
 */
public abstract class ReplyFields {
    private static final long NANOS = 1_000_000_000L;

    private static final int KIND_BITS = 0170000;

    private final String name;
    private final ByteBuffer bytes;

    /**
     * @param name which reply it is and of what protocol, for people
     * @param memory where it is, from {@code at} on
     * @param count bytes that came
     * @param least bytes that it has
     */
    protected ReplyFields(String name, ByteBuffer memory, int at, int count, int least)
            throws BadReplyException {
        this.name = name;
        if (count < least || count > memory.capacity() - at) {
            throw bad("came with " + count + " bytes");
        }
        bytes = memory.slice(at, count).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Ends it sooner than what came: transports may bring more bytes than the message has, but not
     * less.
     *
     * @param size as the message says
     * @param least bytes that it has
     */
    protected final void limit(int size, int least) throws BadReplyException {
        int count = bytes.limit();
        if (size < least || size > count) {
            throw bad("has a size of " + Integer.toUnsignedString(size) + ", in " + count);
        }
        bytes.limit(size);
    }

    /**
     * What an error is to those who called. Those that they take for their own would make them try
     * again, or close what is open.
     */
    protected static Errno errno(int number) {
        Errno errno = Errno.of(number);
        return switch (errno) {
            case null -> Errno.EIO;
            case EINTR, EAGAIN, EBADF, ERESTART -> Errno.EIO;
            default -> errno;
        };
    }

    /** What a mode says that a file is; null if nothing. */
    public static FileKind kind(int mode) {
        for (FileKind kind : FileKind.values()) {
            if (kind.modeBits() == (mode & KIND_BITS)) {
                return kind;
            }
        }
        return null;
    }

    /**
     * What a server tells of its file system, as far as that can be.
     *
     * @throws FileException EIO if its blocks have no size
     */
    public static FileSystemStatistics possible(FileSystemStatistics told) throws FileException {
        if (told.blockBytes() <= 0) {
            throw new FileException(Errno.EIO);
        }
        long most = Math.min(told.blocks(), Long.MAX_VALUE / told.blockBytes());
        return new FileSystemStatistics(
                told.blockBytes(),
                most,
                Math.min(told.freeBlocks(), most),
                told.files(),
                Math.min(told.freeFiles(), told.files()),
                Math.clamp(told.nameBytes(), 1, FileName.MAXIMUM_BYTES));
    }

    public final BadReplyException bad(String what) {
        return new BadReplyException(name + " " + what);
    }

    protected final void require(int count) throws BadReplyException {
        if (bytes.remaining() < count) {
            throw bad("is cut short");
        }
    }

    public final int number8() throws BadReplyException {
        require(Byte.BYTES);
        return Byte.toUnsignedInt(bytes.get());
    }

    public final int number16() throws BadReplyException {
        require(Short.BYTES);
        return Short.toUnsignedInt(bytes.getShort());
    }

    public final int number32() throws BadReplyException {
        require(Integer.BYTES);
        return bytes.getInt();
    }

    public final long number64() throws BadReplyException {
        require(Long.BYTES);
        return bytes.getLong();
    }

    /** A number of 64 bits that has no sign, and is small enough to have one. */
    public final long count64() throws BadReplyException {
        long number = number64();
        if (number < 0) {
            throw bad("has the number " + Long.toUnsignedString(number));
        }
        return number;
    }

    /** Nanoseconds since 1970; what is out of range, as the last or first that is in it. */
    public final long time(long seconds, long nanos) throws BadReplyException {
        if (nanos < 0 || nanos >= NANOS) {
            throw bad("has " + Long.toUnsignedString(nanos) + " nanoseconds");
        }
        long most = Long.MAX_VALUE / NANOS - 1;
        return Math.clamp(seconds, -most, most) * NANOS + nanos;
    }

    /** The next bytes. */
    public final byte[] bytes(int count) throws BadReplyException {
        require(count);
        byte[] next = new byte[count];
        bytes.get(next);
        return next;
    }

    /** A target of a link, if it is one: with bytes, and no zero among them. */
    public final byte[] linkTarget(byte[] target) throws BadReplyException {
        boolean hasZero = false;
        for (byte each : target) {
            hasZero |= each == 0;
        }
        if (target.length == 0 || hasZero) {
            throw bad("has no target of a link");
        }
        return target;
    }

    /**
     * How many bytes a server has written, 1 or more.
     *
     * @param offered at most so many
     */
    public final int writtenBytes(int offered) throws BadReplyException {
        int written = number32();
        if (written <= 0 || written > offered) {
            throw bad("has written " + Integer.toUnsignedString(written) + " bytes of " + offered);
        }
        return written;
    }

    /** Moves so many of the bytes that follow. */
    public final void moveTo(ByteBuffer to, int count) throws BadReplyException {
        require(count);
        to.put(to.position(), bytes, bytes.position(), count);
        to.position(to.position() + count);
        bytes.position(bytes.position() + count);
    }

    public final int remaining() {
        return bytes.remaining();
    }

    public final boolean hasMore() {
        return bytes.hasRemaining();
    }

    public final void requireEnd() throws BadReplyException {
        if (hasMore()) {
            throw bad("has " + bytes.remaining() + " bytes too many");
        }
    }
}
