package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.directory.FoundNames;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.group.InodeAllocator;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A mounted file system's metadata, and its lock. Whatever reads or changes metadata does so within
 * {@link #read} or {@link #change}, which also see to damage and to room that a commit makes.
 */
final class Volume {
    private final Storage storage;
    private final MountOptions options;
    private final MetadataStore store;
    private final BlockGroups groups;
    private final BlockAllocator blocks;
    private final InodeAllocator inodes;
    private final InodeTable table;
    private final Orphans orphans;
    private final Damage damage;
    private final FoundNames names = new FoundNames();

    private volatile boolean isEnded;

    /** Who ends it, and alone may change what is there; null if nobody does. */
    private volatile Thread ending;

    /** Taken after those of inodes. */
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * @throws FileException EUCLEAN for a file of orphans that is none
     */
    Volume(Storage storage, MountOptions options, BlockGroups groups) throws FileException {
        this.storage = storage;
        this.options = options;
        this.groups = groups;
        store = groups.store();
        // Whoever runs here is root, and may take what is reserved for root.
        blocks = new BlockAllocator(groups, groups.geometry().reservedUser() == 0);
        inodes = new InodeAllocator(groups);
        table = new InodeTable(groups);
        orphans = new Orphans(this);
        damage = new Damage(storage.name(), options, groups.superblock(), store);
        if (damage.endsNothing()) {
            groups.damaged().passOver();
        }
    }

    Storage storage() {
        return storage;
    }

    MountOptions options() {
        return options;
    }

    Geometry geometry() {
        return groups.geometry();
    }

    MetadataStore store() {
        return store;
    }

    Superblock superblock() {
        return groups.superblock();
    }

    BlockGroups groups() {
        return groups;
    }

    BlockAllocator blocks() {
        return blocks;
    }

    InodeAllocator inodes() {
        return inodes;
    }

    InodeTable table() {
        return table;
    }

    FoundNames names() {
        return names;
    }

    Orphans orphans() {
        return orphans;
    }

    long now() {
        return options.clock().nanos();
    }

    boolean isReadOnly() {
        return isEnded || isEndedByOther() || mayNotBeWritten();
    }

    private boolean isEndedByOther() {
        return ending != null && ending != Thread.currentThread();
    }

    private boolean mayNotBeWritten() {
        return options.readOnly() || damage.isReadOnly() || store.isReadOnly();
    }

    /** Only who calls this may change anything from now on; what others began is finished. */
    void beginEnd() {
        locked(() -> ending = Thread.currentThread());
    }

    /** Nothing is to be changed any more; what was begun is finished when this returns. */
    void end() {
        locked(() -> {
            isEnded = true;
            ending = null;
            damage.end();
        });
    }

    /** Whether it may not be written to any more, though it was mounted for that. */
    boolean hasFailed() {
        return !isEnded && !options.readOnly() && mayNotBeWritten();
    }

    void requireWritable() throws FileException {
        if (isReadOnly()) {
            throw new FileException(Errno.EROFS);
        }
    }

    /** Tells of an error that nobody is given. */
    void tell(FileException e) {
        options.listener().accept(storage.name() + ": " + e.getMessage());
    }

    /** Runs what needs no metadata, with the lock. */
    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** What reads metadata. */
    @FunctionalInterface
    interface Reading<T> {
        T run() throws FileException;
    }

    /** What changes metadata; it may be run twice, after what it did has been undone. */
    @FunctionalInterface
    interface Changing<T> {
        T run(Change change) throws FileException;
    }

    /** Runs with the lock. */
    <T> T read(Reading<T> reading) throws FileException {
        lock.lock();
        try {
            return reading.run();
        } catch (FileException e) {
            found(e);
            throw e;
        } finally {
            tellPassedOver();
            lock.unlock();
        }
    }

    /** As below, for a number of blocks that is known beforehand. */
    <T> T change(int credits, Changing<T> changing) throws FileException {
        return change(() -> credits, changing);
    }

    /**
     * Runs with the lock, and a change that is undone if it fails. If it fails for lack of room
     * while a commit would make some, it is run once more after that.
     *
     * @param credits of how many blocks it changes at most
     * @throws FileException EROFS, and what it throws
     */
    <T> T change(Reading<Integer> credits, Changing<T> changing) throws FileException {
        Reading<T> once =
                () -> {
                    requireWritable();
                    try (Change change = store.begin(credits.run())) {
                        T result = changing.run(change);
                        change.done();
                        return result;
                    }
                };
        try {
            return read(once);
        } catch (FileException e) {
            if (e.errno() != Errno.ENOSPC || !store.holdsBlocks()) {
                throw e;
            }
        }
        store.commit(store.transaction());
        return read(once);
    }

    /** As {@link #found} does, of what the call did not fail for. */
    private void tellPassedOver() {
        if (lock.getHoldCount() == 1) {
            groups.damaged().takeFound().forEach(damage::found);
        }
    }

    /** Within a call of a call, the outermost sees to it: the others may be within a change. */
    private void found(FileException e) {
        if (e.errno() == Errno.EUCLEAN && lock.getHoldCount() == 1) {
            damage.found(e);
        }
    }
}
