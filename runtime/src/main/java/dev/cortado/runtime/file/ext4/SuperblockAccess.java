package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.journal.Journal;
import dev.cortado.runtime.file.storage.journal.JournaledStore;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.DirectStore;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import dev.cortado.runtime.file.storage.transaction.OrderedData;

/** Opens the metadata of a disk, and changes the superblock when nothing else changes. */
final class SuperblockAccess {
    private static final long MEMORY_BYTES = 1 << 20;

    private final Storage storage;
    private final MountOptions options;

    SuperblockAccess(Storage storage, MountOptions options) {
        this.storage = storage;
        this.options = options;
    }

    /** To be read only. */
    static MetadataStore readOnly(Storage storage, Geometry geometry) {
        return new DirectStore(
                storage, geometry.blockBytes(), geometry.blocks(), true, MEMORY_BYTES, () -> {});
    }

    /**
     * As the options want it.
     *
     * @param journal an empty one; null if there is none, or it is not to be used
     */
    MetadataStore open(
            Geometry geometry, Journal journal, long memoryBytes, OrderedData orderedData) {
        if (journal != null && !options.readOnly()) {
            return JournaledStore.open(
                    storage,
                    geometry.blocks(),
                    journal,
                    new JournaledStore.Features(
                            geometry.has(Feature.SIXTY_FOUR_BIT),
                            geometry.has(Feature.METADATA_CSUM)),
                    memoryBytes,
                    options.clock(),
                    orderedData);
        }
        return new DirectStore(
                storage,
                geometry.blockBytes(),
                geometry.blocks(),
                options.readOnly(),
                memoryBytes,
                orderedData);
    }

    @FunctionalInterface
    interface Edit {
        void run(Superblock superblock, Change change) throws FileException;
    }

    /**
     * Changes the superblock, and returns when that is on the disk and the journal is empty. The
     * superblock has two sectors: if there is a journal, and the machine ends when only one is
     * written, it has the whole. Since it has nothing else then, it does no harm that Linux throws
     * such a journal away if the superblock does not say yet, or not any more, that it is needed.
     */
    void edit(Geometry geometry, Journal journal, Edit edit) throws FileException {
        try (MetadataStore store = open(geometry, journal, MEMORY_BYTES, () -> {})) {
            try (Change change = store.begin(1)) {
                edit.run(new Superblock(geometry, store), change);
                change.done();
            }
        }
    }
}
