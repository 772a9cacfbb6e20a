package dev.cortado.runtime.disk;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.runtime.file.storage.StoragePart;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Parts of a disk that are left to be written. For one thread. */
final class PartQueue {
    private final Deque<StoragePart> left = new ArrayDeque<>();
    private long bytes;

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
     * Takes parts, and what there is room for of the last one, and copies them into a buffer.
     *
     * @param length of the buffer's bytes, no more than there are left here
     */
    List<BlockTransfer> take(TransferBuffer buffer, int length) {
        List<BlockTransfer> transfers = new ArrayList<>();
        for (int at = 0; at < length; ) {
            StoragePart part = left.remove();
            ByteBuffer from = part.bytes();
            int count = Math.min(from.remaining(), length - at);
            buffer.bytes().put(at, from, from.position(), count);
            from.position(from.position() + count);
            transfers.add(BlockTransfer.write(part.position(), buffer.block(), at, count));
            if (from.hasRemaining()) {
                left.addFirst(new StoragePart(part.position() + count, from));
            }
            at += count;
        }
        bytes -= length;
        return transfers;
    }
}
