package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.group.FreeCounts;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.ext4.make.Ext4Grower;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.cache.PageCache;
import dev.cortado.runtime.file.storage.journal.Journal;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import dev.cortado.runtime.file.storage.transaction.OrderedData;
import java.util.concurrent.TimeUnit;

/** Mounts and unmounts a file system. */
final class Ext4Mount {
    private static final String CHECK_IT = "e2fsck should be run";

    private final CountedStorage storage;
    private final MountOptions options;
    private final SuperblockAccess access;

    /** Empty, but while the file system is mounted; null if there is none. */
    private Journal journal;

    /** Whether it had been unmounted in order before. */
    private boolean wasValid;

    private Ext4Mount(Storage storage, MountOptions options) {
        this.storage = new CountedStorage(storage);
        this.options = options;
        access = new SuperblockAccess(this.storage, options);
    }

    /** As {@link Ext4FileSystem#mount}. */
    static Ext4FileSystem mount(Storage storage, MountOptions options) throws FileException {
        try {
            return new Ext4Mount(storage, options).mount();
        } catch (FileException e) {
            throw named(storage, e);
        }
    }

    /** As {@link Ext4Growth#grow}. */
    static Ext4Grower.Growth grow(Storage storage, MountOptions options) throws FileException {
        try {
            return new Ext4Mount(storage, options).grow();
        } catch (FileException e) {
            throw named(storage, e);
        }
    }

    private static FileException named(Storage storage, FileException e) {
        if (e.path() == null) {
            return new FileException(e.errno(), storage.name());
        }
        boolean isNamed = e.path().startsWith(storage.name() + ":");
        return isNamed ? e : new FileException(e.errno(), storage.name() + ": " + e.path());
    }

    private static FileException refused(String why) {
        return new FileException(Errno.EINVAL, why);
    }

    /** Replays the journal. */
    private Geometry open() throws FileException {
        Geometry found = Geometry.beforeRecovery(storage);
        checkFeatures(found);
        journal = find(found);
        Geometry geometry = Geometry.of(storage);
        checkFeatures(geometry);
        if (!options.readOnly()) {
            begin(geometry);
        }
        return geometry;
    }

    /** It is left as one that is mounted: the mount that comes next finds an empty journal. */
    private Ext4Grower.Growth grow() throws FileException {
        Geometry geometry = open();
        try (MetadataStore store = store(geometry, () -> {})) {
            return Ext4Grower.grow(storage, store, geometry);
        }
    }

    private MetadataStore store(Geometry geometry, OrderedData data) {
        return access.open(geometry, journal, options.metadataBytes(), data);
    }

    private Ext4FileSystem mount() throws FileException {
        Geometry geometry = open();
        PageCache pages = new PageCache(storage, geometry.blockBytes(), options.contents());
        MetadataStore store = store(geometry, pages::writeAll);
        if (options.discards()) {
            discardFreed(store);
        }
        BlockGroups groups = BlockGroups.open(geometry, new Superblock(geometry, store), store);
        Volume volume = new Volume(storage, options, groups);
        Ext4FileSystem fileSystem = new Ext4FileSystem(volume, pages, this);
        if (!options.readOnly()) {
            fileSystem.eraseOrphans();
        }
        return fileSystem;
    }

    private void discardFreed(MetadataStore store) {
        if (storage.canDiscard()) {
            store.discardFreed(options.listener());
        } else {
            options.listener().accept(storage.name() + ": discard: the device knows nothing of it");
        }
    }

    private void checkFeatures(Geometry geometry) throws FileException {
        if (geometry.blockBytes() < storage.sectorBytes()) {
            throw refused(
                    "blocks of "
                            + geometry.blockBytes()
                            + " bytes on a device with sectors of "
                            + storage.sectorBytes());
        }
        if (geometry.has(Feature.HAS_JOURNAL) && geometry.journalInode() == 0) {
            throw refused("a journal on another device is not supported");
        }
        if (options.readOnly()) {
            return;
        }
        String forReading = geometry.features().firstForReading();
        if (forReading != null) {
            throw refused("with ext4 feature " + forReading + " only mount option ro is supported");
        }
        if (storage.isReadOnly()) {
            throw new FileException(Errno.EROFS, "the device can only be mounted with option ro");
        }
        if (!options.loadsJournal()) {
            throw refused("mount option noload is not supported without ro");
        }
    }

    /** The journal, empty; null if it is not to be looked at. */
    private Journal find(Geometry geometry) throws FileException {
        if (!options.loadsJournal() || !geometry.has(Feature.HAS_JOURNAL)) {
            return null;
        }
        Journal found = JournalFinder.open(storage, geometry);
        if (!found.needsRecovery()) {
            return found;
        }
        if (storage.isReadOnly()) {
            throw new FileException(
                    Errno.EROFS, "the journal needs recovery, unless mounted with option noload");
        }
        Journal.Recovery recovery = found.recover(storage, geometry.blocks());
        int records = FastCommitReplay.run(storage, found, options);
        options.listener()
                .accept(
                        storage.name()
                                + ": journal: replayed "
                                + recovery.transactions()
                                + (records == 0
                                        ? ""
                                        : ", and " + records + " records of fast commits"));
        return found;
    }

    /** Says on the disk that it is going to be written to. */
    private void begin(Geometry geometry) throws FileException {
        FreeCounts free = countFree(geometry);
        boolean isDamaged = journal != null && journal.error() != 0;
        access.edit(
                geometry,
                journal,
                (superblock, change) -> {
                    int state = superblock.state();
                    if (isDamaged) {
                        state |= Superblock.STATE_DAMAGED;
                    }
                    if ((state & Superblock.STATE_DAMAGED) != 0) {
                        options.listener().accept(storage.name() + ": is damaged, " + CHECK_IT);
                    }
                    wasValid = (state & Superblock.STATE_VALID) != 0;
                    if (!wasValid) {
                        options.listener()
                                .accept(storage.name() + ": was not unmounted, " + CHECK_IT);
                    }
                    boolean hasJournal = journal != null;
                    superblock.setState(
                            change, hasJournal ? state : state & ~Superblock.STATE_VALID);
                    if (hasJournal) {
                        superblock.setFeature(change, Feature.NEEDS_RECOVERY, true);
                    }
                    if (geometry.orphanFileInode() != 0) {
                        superblock.setFeature(change, Feature.ORPHAN_PRESENT, true);
                    }
                    superblock.setFreeBlocks(change, free.blocks());
                    superblock.setFreeInodes(change, free.inodes());
                    superblock.recordMount(change, seconds(), options.where());
                });
        if (isDamaged) {
            journal.clearError();
        }
    }

    /** What the superblock says of free blocks and inodes may be older than the rest. */
    private FreeCounts countFree(Geometry geometry) throws FileException {
        MetadataStore store = SuperblockAccess.readOnly(storage, geometry);
        return BlockGroups.open(geometry, new Superblock(geometry, store), store).countFree();
    }

    /** Says on the disk that all has been written. */
    void end(Volume volume) throws FileException {
        boolean hasOrphans = volume.orphans().hasFile() && hasOrphans(volume);
        boolean isEnded = volume.store().isReadOnly();
        volume.store().close();
        if (isEnded) {
            return;
        }
        access.edit(
                volume.geometry(),
                journal,
                (superblock, change) -> {
                    // Nobody has checked meanwhile what was not.
                    int valid = wasValid ? Superblock.STATE_VALID : 0;
                    superblock.setState(change, superblock.state() | valid);
                    superblock.setFeature(change, Feature.NEEDS_RECOVERY, false);
                    superblock.setFeature(change, Feature.ORPHAN_PRESENT, hasOrphans);
                    superblock.recordWritten(change, seconds(), storage.takeKibibytes());
                });
    }

    /** True as well if nobody knows: that keeps nothing from being written. */
    private static boolean hasOrphans(Volume volume) {
        try {
            return volume.read(() -> !volume.orphans().all().isEmpty());
        } catch (FileException e) {
            volume.tell(e);
            return true;
        }
    }

    private long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(options.clock().nanos());
    }
}
