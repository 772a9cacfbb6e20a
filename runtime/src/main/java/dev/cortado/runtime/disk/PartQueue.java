package dev.cortado.runtime.disk;

import dev.cortado.runtime.file.storage.StoragePart;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Parts of a disk that are left to be written or read. For one thread. */
final class PartQueue {
    private final Deque<StoragePart> left = new ArrayDeque<>();
    private long bytes;

    /**
     * What goes by a buffer of a device.
     *
     * @param position on the disk
     * @param bytes of a part
     * @param offset in the device's buffer
     */
    record Piece(long position, ByteBuffer bytes, int offset) {
        int length() {
            return bytes.remaining();
        }
    }

    void add(StoragePart part) {
        if (part.bytes().hasRemaining()) {
            left.add(part);
            bytes += part.bytes().remaining();
        }
    }

    /** Of all parts. */
    long bytes() {
        return bytes;
    }

    /**
     * Takes parts, and what there is room for of the last one; a part's position goes on.
     *
     * @param length of all, no more than there is left
     */
    List<Piece> take(int length) {
        List<Piece> pieces = new ArrayList<>();
        for (int at = 0; at < length; ) {
            StoragePart part = left.remove();
            ByteBuffer of = part.bytes();
            int count = Math.min(of.remaining(), length - at);
            pieces.add(new Piece(part.position(), of.slice(of.position(), count), at));
            of.position(of.position() + count);
            if (of.hasRemaining()) {
                left.addFirst(new StoragePart(part.position() + count, of));
            }
            at += count;
        }
        bytes -= length;
        return pieces;
    }
}
