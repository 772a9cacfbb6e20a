package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.check.Ext4Checker;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.journal.Journal;
import dev.cortado.runtime.file.storage.transaction.DirectStore;
import java.util.function.Consumer;

/** Looks for damage in a file system that is not mounted. */
public final class Ext4Check {
    /** Of the memory, for blocks that are read again and again. */
    private static final int SHARE_OF_STORE = 4;

    private Ext4Check() {}

    /**
     * Replays the journal and looks at everything else. For a check that is to change nothing, the
     * storage takes what is written and does not pass it on.
     *
     * @param memoryBytes about how much is used; with less of it, it takes longer
     * @param listener is told of what is found, a line each
     * @return how many findings there were
     * @throws FileException EINVAL if there is no file system, or one that is not supported; EIO;
     *     EROFS if the journal has to be replayed and the storage cannot be written
     */
    public static long check(Storage storage, long memoryBytes, Consumer<String> listener)
            throws FileException {
        Geometry geometry = Geometry.beforeRecovery(storage);
        if (geometry.has(Feature.HAS_JOURNAL) && geometry.journalInode() != 0) {
            try {
                Journal journal = JournalFinder.open(storage, geometry);
                if (journal.needsRecovery() && storage.isReadOnly()) {
                    throw new FileException(
                            Errno.EROFS, storage.name() + ": the journal has to be replayed");
                }
                journal.recover(storage, geometry.blocks());
                FastCommitReplay.run(storage, journal, MountOptions.of(() -> 0));
            } catch (FileException e) {
                if (e.errno() != Errno.EUCLEAN) {
                    throw e;
                }
                listener.accept(e.path());
                return 1;
            }
        }
        return checkAll(storage, Geometry.of(storage), memoryBytes, listener);
    }

    private static long checkAll(
            Storage storage, Geometry geometry, long memoryBytes, Consumer<String> listener)
            throws FileException {
        DirectStore store =
                new DirectStore(
                        storage,
                        geometry.blockBytes(),
                        geometry.blocks(),
                        true,
                        memoryBytes / SHARE_OF_STORE,
                        () -> {});
        long count =
                Ext4Checker.check(
                        geometry, store, memoryBytes - memoryBytes / SHARE_OF_STORE, listener);
        int state = new Superblock(geometry, store).state();
        if ((state & Superblock.STATE_DAMAGED) != 0) {
            listener.accept("superblock: damage was found when it was mounted");
            count++;
        }
        return count;
    }
}
