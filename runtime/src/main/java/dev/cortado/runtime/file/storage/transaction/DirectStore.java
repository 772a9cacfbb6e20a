package dev.cortado.runtime.file.storage.transaction;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The store of a file system without a journal: a commit writes blocks to their places. Steps can
 * be undone in memory; on the disk, a crash within a commit leaves some blocks as they were before
 * and others as they were to be.
 */
public final class DirectStore extends BufferedStore {
    private static final int MINIMUM_CHANGED = 1024;

    private final int maximumBlocks;

    /**
     * @param blockBytes 1024 to 65536, a power of two, at least a sector
     * @param blocks of the file system, all of them on the storage
     * @param memoryBytes for blocks in memory: those that were changed are committed when they take
     *     half of it
     */
    public DirectStore(
            Storage storage,
            int blockBytes,
            long blocks,
            boolean isReadOnly,
            long memoryBytes,
            OrderedData orderedData) {
        super(
                storage,
                blockBytes,
                blocks,
                isReadOnly,
                memoryBytes / 2,
                1,
                CommittedImages.NONE,
                orderedData);
        maximumBlocks =
                (int) Math.clamp(memoryBytes / 2 / blockBytes, MINIMUM_CHANGED, Integer.MAX_VALUE);
    }

    @Override
    protected int maximumBlocks() {
        return maximumBlocks;
    }

    @Override
    protected void write(Snapshot transaction) throws FileException {
        int blockBytes = blockBytes();
        WriteBatch batch = new WriteBatch((long) transaction.images().size() * blockBytes);
        for (Map.Entry<Long, ByteBuffer> image : transaction.images().entrySet()) {
            if (!batch.hasRoom(blockBytes)) {
                batch.write(storage());
            }
            batch.add(image.getKey() * blockBytes, image.getValue(), 0, blockBytes);
        }
        batch.write(storage());
        storage().flush();
    }

    @Override
    public void close() throws FileException {
        if (!isReadOnly()) {
            commit(transaction());
        }
    }
}
