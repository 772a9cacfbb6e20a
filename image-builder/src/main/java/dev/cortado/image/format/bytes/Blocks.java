package dev.cortado.image.format.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes a disk apart into blocks of one size. */
public final class Blocks {
    private Blocks() {}

    /** Gets a block that is not all zeros. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param block its number
         * @param bytes a whole block, also at the disk's end, where zeros follow; used again for
         *     the next
         */
        void visit(long block, ByteBuffer bytes) throws IOException;
    }

    /** Visits all blocks that are not zeros, in their order. */
    public static void visit(ByteSource disk, int blockBytes, Visitor visitor) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(blockBytes);
        long position = 0;
        while (position < disk.size()) {
            long known = disk.zeros(position) / blockBytes * blockBytes;
            if (known > 0) {
                position += known;
                continue;
            }
            bytes.clear().limit((int) Math.min(blockBytes, disk.size() - position));
            disk.read(position, bytes);
            bytes.limit(blockBytes);
            while (bytes.hasRemaining()) {
                bytes.put((byte) 0);
            }
            bytes.flip();
            if (!isZero(bytes)) {
                visitor.visit(position / blockBytes, bytes);
            }
            position += blockBytes;
        }
    }

    /** Whether all that remains is zeros. */
    static boolean isZero(ByteBuffer bytes) {
        int at = bytes.position();
        for (; at + Long.BYTES <= bytes.limit(); at += Long.BYTES) {
            if (bytes.getLong(at) != 0) {
                return false;
            }
        }
        for (; at < bytes.limit(); at++) {
            if (bytes.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    /** How many blocks that many bytes take. */
    public static long count(long bytes, long blockBytes) {
        return Math.ceilDiv(bytes, blockBytes);
    }

    /** The next multiple. */
    public static long roundUp(long bytes, long multiple) {
        return Math.ceilDiv(bytes, multiple) * multiple;
    }
}
