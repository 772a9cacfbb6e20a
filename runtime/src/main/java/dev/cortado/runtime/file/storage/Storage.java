package dev.cortado.runtime.file.storage;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A disk, or a part of one. Positions and lengths are in bytes and multiples of {@link
 * #sectorBytes}; what is not inside {@link #bytes} is EINVAL, and nothing is done then. Many
 * threads may call at once; what overlaps is done in any order. Whatever else goes wrong is EIO.
 */
public interface Storage {
    /** Of a request that {@link #zero} makes where it writes the zeros itself. */
    int ZEROS_BYTES = 1 << 18;

    /** Its name, for messages: vda, vda1. */
    String name();

    /** How many bytes it keeps; this may change while it is used. */
    long bytes();

    /** Bytes of a sector, which is read or written as a whole: a power of two, at least 512. */
    int sectorBytes();

    /**
     * Bytes that the disk itself writes as a whole: a sector, or a power of two of them. A hint.
     */
    default int physicalBytes() {
        return sectorBytes();
    }

    boolean isReadOnly();

    /** Whether {@link #discard} does something. */
    boolean canDiscard();

    /** Fills a buffer up to its limit. */
    void read(long position, ByteBuffer to) throws FileException;

    /**
     * Writes all that a buffer has left. It is kept for good after {@link #flush}, in any order
     * before that, and torn between sectors if the machine ends.
     *
     * @throws FileException EROFS
     */
    void write(long position, ByteBuffer from) throws FileException;

    /**
     * Reads some parts, each as {@link #read} does, in any order and as many of them at once as the
     * disk takes.
     *
     * @throws FileException one that a part failed with; what is in any of them then means nothing
     */
    default void readAll(List<StoragePart> parts) throws FileException {
        for (StoragePart part : parts) {
            read(part.position(), part.bytes());
        }
    }

    /**
     * Writes some parts, each as {@link #write} does, in any order and as many of them at once as
     * the disk takes. When one has failed, the others are written nevertheless.
     *
     * @throws FileException the first that a part failed with, when all have ended
     */
    default void writeAll(List<StoragePart> parts) throws FileException {
        FileException failure = null;
        for (StoragePart part : parts) {
            try {
                write(part.position(), part.bytes());
            } catch (FileException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Zeros are read there afterwards, as if they had been {@linkplain #write written}. Where a
     * disk can do that of itself, nothing is sent to it for them.
     */
    default void zero(long position, long length) throws FileException {
        int step = (int) Math.min(length, Math.max(ZEROS_BYTES, sectorBytes()));
        ByteBuffer zeros = ByteBuffer.allocate(step);
        for (long done = 0; done < length; done += step) {
            write(position + done, zeros.slice(0, (int) Math.min(step, length - done)));
        }
    }

    /** Returns when all that was written before this call is kept for good. */
    void flush() throws FileException;

    /** The bytes are not needed any more: a hint, after which they may be anything. */
    void discard(long position, long length) throws FileException;
}
