package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.DirectStore;

/**
 * Changes the superblock while the journal is empty and not in use: what it says of the journal has
 * to be on the disk before the journal is written to, and after it was emptied.
 */
final class SuperblockAccess {
    private static final long MEMORY_BYTES = 1 << 20;

    private SuperblockAccess() {}

    @FunctionalInterface
    interface Edit {
        void run(Superblock superblock, Change change) throws FileException;
    }

    static DirectStore store(Storage storage, Geometry geometry, boolean isReadOnly) {
        return new DirectStore(
                storage,
                geometry.blockBytes(),
                geometry.blocks(),
                isReadOnly,
                MEMORY_BYTES,
                () -> {});
    }

    /** Returns when it is on the disk. */
    static void edit(Storage storage, Geometry geometry, Edit edit) throws FileException {
        try (DirectStore store = store(storage, geometry, false)) {
            try (Change change = store.begin(1)) {
                edit.run(new Superblock(geometry, store), change);
                change.done();
            }
        }
    }
}
