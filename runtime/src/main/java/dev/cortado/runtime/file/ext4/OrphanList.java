package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * Inodes that are to be erased or cut after a crash, each with the number of the next one where the
 * time of its deletion would be (Linux, Documentation/filesystems/ext4/orphan.rst). With the file
 * system's lock.
 */
final class OrphanList {
    private final Volume volume;

    OrphanList(Volume volume) {
        this.volume = volume;
    }

    void add(Change change, StoredInode inode) throws FileException {
        InodeRecord record = inode.modify(change);
        record.setDeleted(volume.superblock().lastOrphan());
        record.seal();
        volume.superblock().setLastOrphan(change, inode.number());
    }

    void remove(Change change, StoredInode inode) throws FileException {
        long next = inode.record().deleted();
        long before = before(inode.number());
        if (before == 0) {
            volume.superblock().setLastOrphan(change, next);
        } else {
            InodeRecord record = volume.table().modify(change, before);
            record.setDeleted(next);
            record.seal();
        }
        InodeRecord record = inode.modify(change);
        record.setDeleted(0);
        record.seal();
    }

    boolean contains(long number) throws FileException {
        return all().contains(number);
    }

    /** The inode that has one as its next; 0 if that is the first. */
    private long before(long number) throws FileException {
        long before = 0;
        long at = volume.superblock().lastOrphan();
        Chain chain = new Chain(at);
        while (at != number) {
            before = at;
            at = next(at);
            if (at == 0 || !chain.advance(at)) {
                throw DamageException.ofInode(number, "not in the list of orphans");
            }
        }
        return before;
    }

    private long next(long number) throws FileException {
        if (number < volume.geometry().firstInode() || number > volume.geometry().inodes()) {
            throw DamageException.ofSuperblock("inode " + number + " in the list of orphans");
        }
        return volume.table().read(number).deleted();
    }

    /** All of them, the last that was added first. */
    List<Long> all() throws FileException {
        List<Long> all = new ArrayList<>();
        long at = volume.superblock().lastOrphan();
        Chain chain = new Chain(at);
        while (at != 0) {
            long next = next(at);
            all.add(at);
            at = next;
            if (!chain.advance(at)) {
                throw DamageException.ofSuperblock("the list of orphans has no end");
            }
        }
        return all;
    }
}
