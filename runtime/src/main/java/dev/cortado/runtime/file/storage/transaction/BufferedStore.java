package dev.cortado.runtime.file.storage.transaction;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What all stores have in common: blocks in memory, changed in steps that can be undone. A commit
 * copies what was changed; the next transaction goes on while the copies are being written.
 *
 * <p>Locks, in the order in which they are taken: {@code committing} for the whole of a commit,
 * {@code changing} for a change or for copying, and that of {@link BlockBuffers}.
 */
public abstract class BufferedStore implements MetadataStore {
    private static final int MINIMUM_CACHED = 16;

    /** A power of two. */
    private static final int RECENT = 64;

    private final Storage storage;
    private final int blockBytes;
    private final long blocks;
    private final OrderedData orderedData;
    private final boolean isOpenedReadOnly;
    private final ByteBuffer zeros;
    private final BlockBuffers buffers;

    /**
     * Blocks that were asked for lately, each in its place by its number: a call asks for the same
     * few again and again, and finds them here without a lock. Any thread may come across what
     * another one puts here, which is right or {@linkplain Block#isGone gone}.
     */
    private final AtomicReferenceArray<Block> recent = new AtomicReferenceArray<>(RECENT);

    /** For what blocks were before a step; used by one at a time. */
    private final SpareImages spareImages;

    private final ReentrantLock committing = new ReentrantLock();

    /** Fair, so that a commit gets its turn among many changes. */
    private final ReentrantLock changing = new ReentrantLock(true);

    /** The step that is open; with the lock changing. */
    private Step step;

    /** Null: the disk is not told of freed blocks. */
    private volatile Discards discards;

    private volatile long running;
    private volatile long committed;

    /** Why nothing is written any more; set once. */
    private volatile FileException failure;

    /**
     * @param blocks of the file system, all of them on the storage
     * @param cacheBytes for blocks that are not changed
     * @param firstTransaction the number of the first transaction, above 0
     */
    protected BufferedStore(
            Storage storage,
            int blockBytes,
            long blocks,
            boolean isReadOnly,
            long cacheBytes,
            long firstTransaction,
            CommittedImages images,
            OrderedData orderedData) {
        this.storage = storage;
        this.blockBytes = blockBytes;
        this.blocks = blocks;
        this.orderedData = orderedData;
        isOpenedReadOnly = isReadOnly || storage.isReadOnly();
        zeros = ByteBuffer.allocate(blockBytes);
        spareImages = new SpareImages(blockBytes);
        int cached = (int) Math.clamp(cacheBytes / blockBytes, MINIMUM_CACHED, Integer.MAX_VALUE);
        buffers = new BlockBuffers(blockBytes, cached, images);
        running = firstTransaction;
        committed = firstTransaction - 1;
    }

    /** How many blocks a transaction changes at most. */
    protected abstract int maximumBlocks();

    /**
     * Writes a transaction so that it is on the disk for good when this returns; the data that it
     * tells of has been written, but not flushed. What does not go to the blocks' own places is
     * among the {@link CommittedImages} then. One call at a time.
     */
    protected abstract void write(Snapshot transaction) throws FileException;

    /** Nothing is written any more; called once, by any thread. */
    protected void failed(FileException reason) {}

    protected final Storage storage() {
        return storage;
    }

    @Override
    public final int blockBytes() {
        return blockBytes;
    }

    @Override
    public final long blocks() {
        return blocks;
    }

    @Override
    public final boolean isReadOnly() {
        return isOpenedReadOnly || failure != null;
    }

    @Override
    public final long transaction() {
        return running;
    }

    @Override
    public final ByteBuffer read(long block) throws FileException {
        return block(block).view();
    }

    @Override
    public final long departures() {
        return buffers.departures();
    }

    @Override
    public final long mark(long block) {
        Block known = recent(block);
        return known != null ? known.mark() : buffers.mark(block);
    }

    @Override
    public final void setMark(long block, long mark) {
        Block known = recent(block);
        if (known != null) {
            known.setMark(mark);
        } else {
            buffers.setMark(block, mark);
        }
    }

    final BlockBuffers buffers() {
        return buffers;
    }

    final SpareImages spareImages() {
        return spareImages;
    }

    final ByteBuffer zeros() {
        return zeros;
    }

    final void requireInside(long first, long count) throws FileException {
        if (first < 0 || count < 0 || count > blocks || first > blocks - count) {
            String range = count == 1 ? "block " + first : count + " blocks from " + first;
            throw new FileException(Errno.EUCLEAN, storage.name() + ": " + range + " of " + blocks);
        }
    }

    final Block newBlock(long number) throws FileException {
        requireInside(number, 1);
        return new Block(number, ByteBuffer.allocate(blockBytes));
    }

    /** A block, read from the disk if it has to be. */
    final Block block(long number) throws FileException {
        Block known = recent(number);
        if (known != null) {
            return known;
        }
        Block there = buffers.find(number);
        if (there == null) {
            Block block = newBlock(number);
            storage.read(number * blockBytes, block.bytes().slice());
            there = buffers.add(block);
        }
        recent.setRelease(place(number), there);
        return there;
    }

    /** Null if it was not asked for lately, or has left memory. */
    private Block recent(long number) {
        Block known = recent.getAcquire(place(number));
        if (known == null || known.number() != number || known.isGone()) {
            return null;
        }
        known.setUsed();
        return known;
    }

    private static int place(long number) {
        return (int) number & RECENT - 1;
    }

    @Override
    public final Change begin(int credits) throws FileException {
        if (changing.isHeldByCurrentThread()) {
            throw new IllegalStateException("The change before is not closed");
        }
        changing.lock();
        try {
            makeRoom(credits);
            step = new Step(this, credits);
            return step;
        } finally {
            if (step == null) {
                changing.unlock();
            }
        }
    }

    /** Commits what there is if a step's blocks do not go with it; with the lock changing. */
    final void makeRoom(int credits) throws FileException {
        requireWritable();
        if (credits < 0 || credits > maximumBlocks()) {
            throw new FileException(
                    Errno.ENOSPC,
                    storage.name()
                            + ": a change of "
                            + credits
                            + " blocks, at most "
                            + maximumBlocks());
        }
        while (buffers.dirtyCount() > maximumBlocks() - credits) {
            long full = running;
            changing.unlock();
            try {
                commit(full);
            } finally {
                changing.lock();
            }
        }
        requireWritable();
    }

    final void end(Step ended) {
        if (step == ended) {
            step = null;
            changing.unlock();
        }
    }

    private void requireWritable() throws FileException {
        FileException reason = failure;
        if (reason != null) {
            throw new FileException(Errno.EIO, reason.path());
        }
        if (isOpenedReadOnly) {
            throw new FileException(Errno.EROFS, storage.name());
        }
    }

    @Override
    public final boolean isHeld(long block) {
        boolean isInStep = changing.isHeldByCurrentThread() && step != null && step.hasFreed(block);
        return isInStep || buffers.isHeld(block);
    }

    @Override
    public final boolean holdsBlocks() {
        return buffers.holdsBlocks();
    }

    @Override
    public final void discardFreed(Consumer<String> problems) {
        discards = new Discards(storage, blockBytes, problems);
    }

    @Override
    public final boolean commit(long transaction) throws FileException {
        if (changing.isHeldByCurrentThread()) {
            throw new IllegalStateException("A commit within a change");
        }
        committing.lock();
        try {
            boolean isFlushed = false;
            boolean isMore = true;
            while (isMore && committed < Math.min(transaction, running)) {
                requireWritable();
                isMore = commitRunning();
                isFlushed = true;
            }
            return isFlushed;
        } finally {
            committing.unlock();
        }
    }

    /** Returns false if the running transaction is empty, and goes on. */
    private boolean commitRunning() throws FileException {
        Snapshot taken = take();
        orAbort(() -> {
            orderedData.write();
            if (taken == null) {
                storage.flush();
            } else {
                write(taken);
            }
        });
        if (taken == null) {
            return false;
        }
        try {
            Discards told = discards;
            if (told != null) {
                told.run(taken); // while they are held
            }
        } finally {
            buffers.written();
            committed = taken.number();
        }
        return true;
    }

    private Snapshot take() {
        changing.lock();
        try {
            Snapshot taken = buffers.take(running);
            if (taken != null) {
                running++;
            }
            return taken;
        } finally {
            changing.unlock();
        }
    }

    /** Something done to the storage that a commit must not come across. */
    @FunctionalInterface
    protected interface Writing {
        void run() throws FileException;
    }

    /** Runs something while nothing is committed, and aborts if it fails. */
    protected final void exclusively(Writing action) throws FileException {
        committing.lock();
        try {
            requireWritable();
            orAbort(action);
        } finally {
            committing.unlock();
        }
    }

    /** If it fails, also for lack of memory, nobody knows what is on the disk. */
    private void orAbort(Writing action) throws FileException {
        FileException reason = new FileException(Errno.EIO, storage.name() + ": not committed");
        try {
            action.run();
            reason = null;
        } catch (FileException e) {
            reason = new FileException(Errno.EIO, storage.name() + ": " + e.getMessage());
            throw reason;
        } finally {
            if (reason != null) {
                abort(reason);
            }
        }
    }

    @Override
    public final void abort(FileException reason) {
        synchronized (this) {
            if (failure != null) {
                return;
            }
            failure = reason;
        }
        failed(reason);
    }
}
