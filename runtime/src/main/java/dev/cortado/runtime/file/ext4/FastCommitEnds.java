package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.FastCommitPlan.Image;
import dev.cortado.runtime.file.ext4.FastCommitPlan.NameChange;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.journal.FastCommitRecord.Kind;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ends files whose inodes are other files' by the end of the fast commits. Linux gives away the
 * first inode that is free, one that the same transaction has freed as well, and tells of the new
 * file by another generation.
 */
final class FastCommitEnds {
    private record Place(long directory, FileName name) {}

    private final Volume volume;
    private final FastCommitPlan plan;
    private final FastCommitNames names;

    /** Inodes that were another file's, or may have been: of one that came and went meanwhile. */
    private final Set<Long> ended = new HashSet<>();

    /** Names that fast commits give and, so far, do not take. */
    private final Map<Place, Long> given = new HashMap<>();

    /** Names that are taken from what has them. */
    private final Set<NameChange> taken = new HashSet<>();

    FastCommitEnds(Volume volume, FastCommitPlan plan, FastCommitNames names) {
        this.volume = volume;
        this.plan = plan;
        this.names = names;
    }

    /**
     * Erases those files that are on the disk, with their names, and with those that were in them.
     *
     * @throws FileException EUCLEAN if one has a name still; ENOSPC
     */
    void replay(Change change) throws FileException {
        List<Long> known = new ArrayList<>();
        for (Map.Entry<Long, Image> image : plan.images().entrySet()) {
            long number = image.getKey();
            boolean isUsed = volume.inodes().isUsed(number);
            if (isUsed && isAnother(number, image.getValue().inode())) {
                known.add(number);
                ended.add(number);
            } else if (!isUsed || image.getValue().isReused()) {
                ended.add(number);
            }
        }
        for (NameChange name : plan.names()) {
            if (isOfEnded(name)) {
                end(change, name);
            }
        }
        volume.orphans().all();
        for (long number : known) {
            erase(change, number);
        }
    }

    /** Whether the file that is on the disk is not the one that is to be. */
    private boolean isAnother(long number, InodeRecord wanted) throws FileException {
        return volume.table().read(number).generation() != wanted.generation();
    }

    /** Whether a name is of a file that has ended, or was in a directory that has. */
    boolean isOfEnded(NameChange name) {
        return isEnded(name.inode(), name) || isEnded(name.directory(), name);
    }

    private boolean isEnded(long number, NameChange name) {
        return ended.contains(number) && name.index() < plan.images().get(number).first();
    }

    private void end(Change change, NameChange name) throws FileException {
        Place place = new Place(name.directory(), name.name());
        if (name.kind() != Kind.UNLINK) {
            given.put(place, name.inode());
        } else if (given.remove(place, name.inode())) {
            taken.add(name);
        } else if (names.removeFirst(change, name)) {
            taken.add(name);
            if (isEnded(name.inode(), name)) {
                names.countAnyway(change, name, -1);
            }
        }
    }

    private void erase(Change change, long number) throws FileException {
        StoredInode inode = StoredInode.of(volume, number);
        inode.record().verify();
        if (inode.record().links() != 0) {
            throw DamageException.ofInode(number, "fast commits: another one than on the disk");
        }
        volume.orphans().add(change, inode);
        new Eraser(volume).eraseWithin(change, inode);
    }

    /**
     * Counts the names that a file which goes on has got and lost in a directory that has ended.
     */
    void count(Change change, NameChange name) throws FileException {
        if (isEnded(name.inode(), name)) {
            return;
        }
        if (name.kind() == Kind.LINK) {
            names.count(change, name, 1);
        } else if (taken.contains(name)) {
            names.count(change, name, -1);
        }
    }
}
