package dev.cortado.runtime.file.storage.transaction;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a store has in memory: blocks, what the running transaction has done to them, and the copies
 * that are being written. Its lock is held for a moment only.
 */
final class BlockBuffers {
    private final int blockBytes;
    private final CommittedImages committed;
    private final ReentrantLock lock = new ReentrantLock();
    private final BlockCache cache;

    /** Blocks that the running transaction freed and that are in {@link #committed}. */
    private TreeSet<Long> revoked = new TreeSet<>();

    /** Blocks that the running transaction freed. */
    private BlockRanges held = new BlockRanges();

    /** What is being written, or could not be written; null if there is nothing. */
    private Snapshot snapshot;

    BlockBuffers(int blockBytes, int maximumClean, CommittedImages committed) {
        this.blockBytes = blockBytes;
        this.committed = committed;
        cache = new BlockCache(maximumClean);
    }

    /** A block if it is in memory; null if not. */
    Block find(long number) {
        lock.lock();
        try {
            Block block = cache.get(number);
            if (block != null) {
                return block;
            }
            ByteBuffer image = snapshot == null ? null : snapshot.images().get(number);
            image = image == null ? committed.image(number) : image;
            if (image == null) {
                return null;
            }
            Block copy = new Block(number, ByteBuffer.allocate(blockBytes));
            copy.restore(image);
            return cache.add(copy);
        } finally {
            lock.unlock();
        }
    }

    long mark(long number) {
        lock.lock();
        try {
            Block block = cache.get(number);
            return block == null ? 0 : block.mark();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing if the block is not in memory. */
    void setMark(long number, long mark) {
        lock.lock();
        try {
            Block block = cache.get(number);
            if (block != null) {
                block.setMark(mark);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Adds a block that was read; returns the one that is there if there is one. */
    Block add(Block block) {
        lock.lock();
        try {
            return cache.add(block);
        } finally {
            lock.unlock();
        }
    }

    /** A block, which need not have been there, is changed; returns whether it was already. */
    boolean makeDirty(Block block) {
        lock.lock();
        try {
            boolean wasDirty = cache.isDirty(block.number());
            if (!wasDirty) {
                cache.makeDirty(block);
            }
            return wasDirty;
        } finally {
            lock.unlock();
        }
    }

    /** A block is not changed any more. */
    void makeClean(Block block) {
        lock.lock();
        try {
            cache.makeClean(block);
        } finally {
            lock.unlock();
        }
    }

    void forget(Block block) {
        lock.lock();
        try {
            cache.remove(block.number());
        } finally {
            lock.unlock();
        }
    }

    /** Blocks have the bytes of before a change again. */
    void undone() {
        lock.lock();
        try {
            cache.departed();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What a step did becomes the running transaction's.
     *
     * @param touched blocks that it changed, which are dirty
     * @param freed blocks that it freed
     * @param revived blocks that it changed after it had freed them
     */
    void keep(Set<Long> touched, BlockRanges freed, Set<Long> revived) {
        lock.lock();
        try {
            freed.forEach((first, count) -> keepFreed(first, count, revived));
            held.addAll(freed);
            if (!revoked.isEmpty()) {
                touched.stream().filter(cache::isDirty).forEach(revoked::remove);
            }
        } finally {
            lock.unlock();
        }
    }

    private void keepFreed(long first, long count, Set<Long> revived) {
        for (long number : cache.within(first, count)) {
            if (!revived.contains(number)) {
                cache.remove(number);
            }
        }
        committed.visit(first, count, revoked::add);
        if (snapshot != null) {
            revoked.addAll(snapshot.images().subMap(first, first + count).keySet());
        }
    }

    /** See {@link MetadataStore#departures}. */
    long departures() {
        return cache.departures();
    }

    int dirtyCount() {
        lock.lock();
        try {
            return cache.dirtyCount();
        } finally {
            lock.unlock();
        }
    }

    boolean isHeld(long block) {
        lock.lock();
        try {
            return held.contains(block) || snapshot != null && snapshot.held().contains(block);
        } finally {
            lock.unlock();
        }
    }

    boolean holdsBlocks() {
        lock.lock();
        try {
            return !held.isEmpty() || snapshot != null && !snapshot.held().isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Copies the running transaction and begins the next one; null if nothing was changed. */
    Snapshot take(long transaction) {
        lock.lock();
        try {
            if (cache.dirtyCount() == 0 && held.isEmpty()) {
                return null;
            }
            TreeMap<Long, ByteBuffer> images = new TreeMap<>();
            for (Block block : cache.dirty()) {
                images.put(block.number(), block.copy());
            }
            snapshot = new Snapshot(transaction, images, revoked, held);
            cache.makeAllClean();
            revoked = new TreeSet<>();
            held = new BlockRanges();
            return snapshot;
        } finally {
            lock.unlock();
        }
    }

    /** What was taken last is where {@link #committed}, or the disk, gives it back. */
    void written() {
        lock.lock();
        try {
            snapshot = null;
        } finally {
            lock.unlock();
        }
    }
}
