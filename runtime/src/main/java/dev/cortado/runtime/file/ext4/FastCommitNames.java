package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.FastCommitPlan.NameChange;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.journal.FastCommitRecord.Kind;
import dev.cortado.runtime.file.storage.transaction.Change;

/** Gives and takes the names that fast commits say were given and taken. */
final class FastCommitNames {
    private final Volume volume;
    private final FastCommitPlan plan;
    private final FastCommitInodes inodes;
    private final Names names;

    FastCommitNames(Volume volume, FastCommitPlan plan, FastCommitInodes inodes) {
        this.volume = volume;
        this.plan = plan;
        this.inodes = inodes;
        names = new Names(volume, null);
    }

    /** What is so already is left as it is. */
    void replay(Change change, NameChange name) throws FileException {
        StoredInode directory = used(name.directory());
        boolean isDirectory = directory.record().kind() == FileKind.DIRECTORY;
        if (!isDirectory || inodes.unmade().contains(name.directory())) {
            throw damaged(name, "no directory");
        }
        StoredInode inode = used(name.inode());
        FileKind kind = inode.record().kind();
        if (kind == null) {
            throw damaged(name, "a file of no kind");
        }
        long found = directory.directory().find(name.name());
        if (name.kind() == Kind.UNLINK) {
            if (found == name.inode()) {
                remove(change, name, directory, inode);
            }
            return;
        }
        inodes.named(name.inode());
        boolean isNew = inodes.unmade().remove(name.inode());
        if (isNew) {
            inode.directory().create(change, name.directory());
            names.addDirectory(change, directory);
        }
        if (found == name.inode()) {
            return;
        }
        if (kind == FileKind.DIRECTORY && !isNew) {
            throw damaged(name, "a directory with two names");
        }
        if (found == 0) {
            directory.directory().insert(change, name.name(), name.inode(), kind);
        } else {
            requireNoDirectory(name, found);
            directory.directory().replace(change, name.name(), name.inode(), kind);
        }
        if (name.kind() == Kind.LINK) {
            count(change, name, 1);
        }
    }

    private StoredInode used(long number) throws FileException {
        if (!volume.inodes().isUsed(number)) {
            throw DamageException.ofInode(number, "fast commits: is free");
        }
        volume.table().read(number).verify();
        return StoredInode.of(volume, number);
    }

    /** What has a name that another file gets is to have lost it before. */
    private void requireNoDirectory(NameChange name, long number) throws FileException {
        if (used(number).record().kind() == FileKind.DIRECTORY) {
            throw damaged(name, "a directory in its place");
        }
    }

    /**
     * Takes away what a directory has on the disk, before anything else is replayed; who calls
     * counts the names of what is no directory.
     *
     * @return whether it was there
     */
    boolean removeFirst(Change change, NameChange name) throws FileException {
        if (!volume.inodes().isUsed(name.directory())) {
            return false;
        }
        StoredInode directory = used(name.directory());
        boolean isThere =
                directory.record().kind() == FileKind.DIRECTORY
                        && directory.directory().find(name.name()) == name.inode();
        if (isThere) {
            takeAway(change, name, directory, used(name.inode()));
        }
        return isThere;
    }

    private void remove(Change change, NameChange name, StoredInode directory, StoredInode inode)
            throws FileException {
        takeAway(change, name, directory, inode);
        count(change, name, -1);
    }

    private void takeAway(Change change, NameChange name, StoredInode directory, StoredInode inode)
            throws FileException {
        boolean isDirectory = inode.record().kind() == FileKind.DIRECTORY;
        if (isDirectory
                && (!inode.directory().isEmpty() || inodes.unmade().contains(inode.number()))) {
            throw damaged(name, "a directory that is not empty");
        }
        directory.directory().remove(change, name.name());
        if (isDirectory) {
            InodeRecord record = inode.modify(change);
            record.setLinks(0);
            record.seal();
            names.removeDirectory(change, directory);
        }
    }

    /** An inode that comes behind the change of its names has the number of them. */
    void count(Change change, NameChange name, int more) throws FileException {
        FastCommitPlan.Image image = plan.images().get(name.inode());
        if (image == null || image.index() < name.index()) {
            countAnyway(change, name, more);
        }
    }

    /** Counts the names of what is no directory. */
    void countAnyway(Change change, NameChange name, int more) throws FileException {
        StoredInode inode = used(name.inode());
        if (inode.record().kind() == FileKind.DIRECTORY) {
            return;
        }
        InodeRecord record = inode.modify(change);
        int links = record.links() + more;
        if (links < 0 || links > Names.MAXIMUM_LINKS) {
            throw damaged(name, links + " names of a file");
        }
        record.setLinks(links);
        record.seal();
    }

    private static FileException damaged(NameChange name, String what) {
        return DamageException.ofInode(
                name.directory(), "fast commits: \"" + name.name() + "\": " + what);
    }
}
