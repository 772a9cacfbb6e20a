package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.group.FreeCounts;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.journal.FastCommitRecord.Kind;
import dev.cortado.runtime.file.storage.journal.Journal;
import dev.cortado.runtime.file.storage.journal.JournaledStore;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Does again what fast commits say was done (Linux, Documentation/filesystems/ext4/journal.rst,
 * "Fast Commit Replay"), all of it in one transaction, which takes their place: a replay that was
 * interrupted is done again, or is in the log as a whole. If something in them cannot be, nothing
 * is done.
 */
final class FastCommitReplay {
    private final Volume volume;
    private final FastCommitPlan plan;
    private final FastCommitInodes inodes;

    /** How many names files had before. */
    private final Map<Long, Integer> links = new TreeMap<>();

    private FastCommitReplay(Volume volume, FastCommitPlan plan) {
        this.volume = volume;
        this.plan = plan;
        inodes = new FastCommitInodes(volume);
    }

    /**
     * Replays those of a journal, if there are any; it is empty then.
     *
     * @param journal recovered, but for them
     * @param options for the clock, and for memory
     * @return how many records there were
     * @throws FileException EUCLEAN; EOPNOTSUPP, also if the log has no room for one transaction
     */
    static int run(Storage storage, Journal journal, MountOptions options) throws FileException {
        if (journal.fastCommits().isEmpty()) {
            return 0;
        }
        int records = journal.fastCommits().size();
        Geometry geometry = Geometry.of(storage);
        String forReading = geometry.features().firstForReading();
        if (forReading != null) {
            throw new FileException(
                    Errno.EOPNOTSUPP, "fast commits with ext4 feature " + forReading);
        }
        FastCommitPlan plan = new FastCommitPlan(geometry, journal.fastCommits());
        JournaledStore store =
                JournaledStore.openBehindFastCommits(
                        storage,
                        geometry.blocks(),
                        journal,
                        new JournaledStore.Features(
                                geometry.has(Feature.SIXTY_FOUR_BIT),
                                geometry.has(Feature.METADATA_CSUM)),
                        options.metadataBytes(),
                        options.clock());
        BlockGroups groups = BlockGroups.open(geometry, new Superblock(geometry, store), store);
        // If it fails, the store is not closed: that would empty the journal.
        try (Change change = store.begin(store.maximumBlocks())) {
            new FastCommitReplay(new Volume(storage, options, groups), plan).replay(change);
            change.done();
        } catch (FileException e) {
            throw e.errno() == Errno.ENOSPC
                    ? new FileException(
                            Errno.EOPNOTSUPP,
                            "fast commits that change more than "
                                    + store.maximumBlocks()
                                    + " blocks, or more than are free; e2fsck replays them")
                    : e;
        }
        store.close();
        return records;
    }

    /** Blocks of files are taken before directories get new ones, which are any. */
    private void replay(Change change) throws FileException {
        FreeCounts free = volume.groups().countFree();
        volume.superblock().setFreeBlocks(change, free.blocks());
        volume.superblock().setFreeInodes(change, free.inodes());
        FastCommitNames names = new FastCommitNames(volume, plan, inodes);
        FastCommitEnds ends = new FastCommitEnds(volume, plan, names);
        ends.replay(change);
        rememberLinks();
        for (var image : plan.images().entrySet()) {
            inodes.replay(change, image.getKey(), image.getValue());
        }
        new FastCommitRanges(volume, plan, inodes).replay(change);
        for (FastCommitPlan.NameChange name : plan.names()) {
            if (inodes.isGone(name.inode()) || isLost(name)) {
                continue;
            }
            if (ends.isOfEnded(name)) {
                ends.count(change, name);
            } else {
                names.replay(change, name);
            }
        }
        inodes.requireNames();
        updateOrphans(change);
    }

    /**
     * Whether the file or its directory came and went between two fast commits, which tell of
     * neither then, but of the names that they have had.
     */
    private boolean isLost(FastCommitPlan.NameChange name) throws FileException {
        boolean isMade = name.kind() == Kind.CREATE;
        return !volume.inodes().isUsed(name.directory())
                || !isMade && !volume.inodes().isUsed(name.inode());
    }

    /** Of all that may lose their last name, or get a first one. */
    private void rememberLinks() throws FileException {
        List<Long> numbers = new ArrayList<>(plan.images().keySet());
        plan.names().forEach(name -> numbers.add(name.inode()));
        for (long number : numbers) {
            boolean isThere = volume.inodes().isUsed(number);
            links.put(number, isThere ? volume.table().read(number).links() : -1);
        }
    }

    /** What has no name any more is erased by the mount; what has one again, is not. */
    private void updateOrphans(Change change) throws FileException {
        Set<Long> orphans = new HashSet<>(volume.orphans().all());
        for (var before : links.entrySet()) {
            long number = before.getKey();
            if (inodes.isGone(number) || !volume.inodes().isUsed(number)) {
                continue;
            }
            StoredInode inode = StoredInode.of(volume, number);
            boolean isOrphan = orphans.contains(number);
            if (inode.record().links() == 0 && !isOrphan) {
                volume.orphans().add(change, inode);
            } else if (inode.record().links() > 0 && isOrphan && before.getValue() == 0) {
                volume.orphans().remove(change, inode);
            }
        }
    }
}
