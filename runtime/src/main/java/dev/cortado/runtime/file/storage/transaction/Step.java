package dev.cortado.runtime.file.storage.transaction;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A change of a {@link BufferedStore}, which remembers what to restore. */
final class Step implements Change {
    /**
     * What a block was before.
     *
     * @param image null if it was not in memory
     */
    private record Before(Block block, ByteBuffer image, boolean wasDirty) {}

    private final BufferedStore store;
    private final Map<Long, Before> touched = new HashMap<>();

    private BlockRanges freed = new BlockRanges();

    /** Blocks that were changed again after this step had freed them. */
    private final Set<Long> revived = new HashSet<>();

    private int credits;
    private boolean isDone;
    private boolean isClosed;

    Step(BufferedStore store, int credits) {
        this.store = store;
        this.credits = credits;
    }

    @Override
    public ByteBuffer modify(long number) throws FileException {
        requireOpen();
        Before before = touched.get(number);
        if (before != null) {
            return again(number, before).bytes();
        }
        takeCredit();
        Block block = store.block(number);
        touch(block, image(block));
        return block.bytes();
    }

    @Override
    public ByteBuffer create(long number) throws FileException {
        requireOpen();
        Before before = touched.get(number);
        if (before == null) {
            takeCredit();
        }
        Block block = before != null ? again(number, before) : newlyTouched(number);
        block.setMark(0);
        ByteBuffer bytes = block.bytes();
        bytes.put(0, store.zeros(), 0, bytes.capacity());
        return bytes;
    }

    private Block newlyTouched(long number) throws FileException {
        Block there = store.buffers().find(number);
        Block block = there != null ? there : store.newBlock(number);
        touch(block, there == null ? null : image(there));
        return block;
    }

    private ByteBuffer image(Block block) {
        return store.spareImages().take().put(0, block.bytes(), 0, store.blockBytes());
    }

    private void touch(Block block, ByteBuffer image) {
        boolean wasDirty = store.buffers().makeDirty(block);
        touched.put(block.number(), new Before(block, image, wasDirty));
        revive(block.number());
    }

    private Block again(long number, Before before) {
        revive(number);
        return before.block();
    }

    private void revive(long number) {
        if (freed.contains(number)) {
            revived.add(number);
        }
    }

    private void takeCredit() throws FileException {
        if (credits == 0) {
            throw new FileException(Errno.ENOSPC, "a change of more blocks than it asked for");
        }
        credits--;
    }

    @Override
    public void free(long block, long count) throws FileException {
        requireOpen();
        store.requireInside(block, count);
        freed.add(block, count);
        revived.removeIf(number -> number >= block && number - block < count);
    }

    /** Whether this step has freed a block. */
    boolean hasFreed(long block) {
        return freed.contains(block);
    }

    @Override
    public int credits() {
        return credits;
    }

    @Override
    public void next(int newCredits) throws FileException {
        requireOpen();
        keep();
        credits = 0;
        store.makeRoom(newCredits);
        credits = newCredits;
    }

    private void keep() {
        store.buffers().keep(touched.keySet(), freed, revived);
        forget();
        revived.clear();
        freed = new BlockRanges();
    }

    @Override
    public void done() {
        requireOpen();
        isDone = true;
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            if (isDone) {
                keep();
            } else {
                undo();
                forget();
            }
        } finally {
            store.end(this);
        }
    }

    private void forget() {
        for (Before before : touched.values()) {
            if (before.image() != null) {
                store.spareImages().giveBack(before.image());
            }
        }
        touched.clear();
    }

    private void undo() {
        for (Before before : touched.values()) {
            if (before.image() == null) {
                store.buffers().forget(before.block());
            } else {
                before.block().restore(before.image());
                if (!before.wasDirty()) {
                    store.buffers().makeClean(before.block());
                }
            }
        }
        store.buffers().undone();
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("The change is closed");
        }
    }
}
