package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import java.nio.ByteBuffer;
import jdk.internal.misc.Unsafe;

/** Several buffers that a native method is given at once. */
final class Vectors {
    /** The layout of {@code struct iovec} (POSIX, sys/uio.h): an address and a length. */
    private static final int BYTES = 16;

    private static final int LENGTH = 8;

    /** As much as this is read into several buffers at once, or written from them. */
    private static final int PIECE_BYTES = 1 << 16;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private Vectors() {}

    /** One of the buffers. */
    static ByteBuffer get(long vectors, int index) {
        return NativeBytes.at(address(vectors, index), length(vectors, index));
    }

    private static long address(long vectors, int index) {
        return UNSAFE.getLong(vectors + (long) index * BYTES);
    }

    private static int length(long vectors, int index) {
        return Math.toIntExact(UNSAFE.getLong(vectors + (long) index * BYTES + LENGTH));
    }

    static long totalLength(long vectors, int count) {
        long length = 0;
        for (int i = 0; i < count; i++) {
            length += length(vectors, i);
        }
        return length;
    }

    /** Reads into each, and waits at the first one only. */
    static long read(OpenFile file, long vectors, int count) throws FileException {
        return VectorTransfers.read(
                file,
                count,
                i -> length(vectors, i),
                i -> MemoryTransfers.read(file::read, address(vectors, i), length(vectors, i)));
    }

    /** Reads once, and spreads what has come: no failure can come between. */
    static long readAtOnce(OpenFile file, long vectors, int count) throws FileException {
        int length = (int) Math.min(totalLength(vectors, count), PIECE_BYTES);
        ByteBuffer all = ByteBuffer.allocate(length);
        int done = file.read(all);
        scatter(all.flip(), vectors, count);
        return done;
    }

    /** Writes all; as one piece, if it is a small one. */
    static long write(OpenFile file, long vectors, int count) throws FileException {
        long length = totalLength(vectors, count);
        if (length <= PIECE_BYTES) {
            return file.write(gather(vectors, count, (int) length));
        }
        return VectorTransfers.write(
                count,
                i -> length(vectors, i),
                i -> MemoryTransfers.write(file::write, address(vectors, i), length(vectors, i)));
    }

    /** What is in all of them. */
    static ByteBuffer gather(long vectors, int count, int length) {
        ByteBuffer all = ByteBuffer.allocate(length);
        for (int i = 0; i < count; i++) {
            all.put(get(vectors, i));
        }
        return all.flip();
    }

    /** Fills one after the other, as far as there is something. */
    static void scatter(ByteBuffer from, long vectors, int count) {
        for (int i = 0; i < count && from.hasRemaining(); i++) {
            ByteBuffer to = get(vectors, i);
            int length = Math.min(to.remaining(), from.remaining());
            to.put(from.slice(from.position(), length));
            from.position(from.position() + length);
        }
    }
}
