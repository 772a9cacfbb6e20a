package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.attribute.AccessControlList;
import dev.cortado.runtime.file.ext4.attribute.AttributeName;
import dev.cortado.runtime.file.ext4.attribute.ExtendedAttributes;
import dev.cortado.runtime.file.ext4.group.InodeAllocator;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.transaction.Change;

/** Takes inodes for new files and gives them what every file has. */
final class NewInode {
    private static final int CREDITS = InodeAllocator.CREDITS + 1;
    private static final int ACCESS_BITS = 0777;

    private static final int SET_GROUP = 02000;

    /** As of splitmix64: spreads numbers that follow each other. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Volume volume;

    /** How many inodes were taken: the clock of files may stand still meanwhile. */
    private long uses;

    NewInode(Volume volume) {
        this.volume = volume;
    }

    /** Blocks that a new file in a directory changes. */
    int credits(StoredInode directory) throws FileException {
        boolean hasLists = defaultList(directory) != null;
        return CREDITS + (hasLists ? 2 * ExtendedAttributes.CREDITS : 0);
    }

    /** What a directory hands down to new files: an access control list; null if it has none. */
    AccessControlList defaultList(StoredInode directory) throws FileException {
        byte[] value = directory.attributes().find(AttributeName.DEFAULT_ACCESS_CONTROL_LIST);
        return value == null ? null : AccessControlList.ofInode(directory.number(), value);
    }

    /**
     * A file without content, of one name that is still to be given to it. Its directory hands down
     * its group, if it is set-group-id, flags, and its default access control list.
     */
    StoredInode make(Change change, StoredInode directory, FileKind kind, int permissions)
            throws FileException {
        boolean isDirectory = kind == FileKind.DIRECTORY;
        long number = volume.inodes().allocate(change, directory.number(), isDirectory);
        InodeRecord parent = directory.record();
        InodeRecord record = volume.table().modify(change, number);
        record.clear(generation(number));
        int mode = kind.modeBits() | permissions & AttributeChange.ALL_PERMISSIONS;
        AccessControlList handedDown =
                kind == FileKind.SYMBOLIC_LINK ? null : defaultList(directory);
        AccessControlList list = null;
        if (handedDown != null) {
            list = handedDown.restrictedTo(permissions);
            mode = mode & ~ACCESS_BITS | list.permissions();
        }
        if ((parent.mode() & SET_GROUP) != 0) {
            record.setGroup(parent.group());
            mode |= isDirectory ? SET_GROUP : 0;
        }
        record.setMode(mode);
        record.setLinks(isDirectory ? 2 : 1);
        record.setFlags(flags(parent.flags(), kind));
        long now = volume.now();
        record.setAccessed(now);
        record.setModified(now);
        record.setChanged(now);
        record.setCreated(now);
        record.setVersion(1);
        record.seal();
        StoredInode made = StoredInode.of(volume, number);
        if (list != null && !list.isPlain()) {
            set(change, made, AttributeName.ACCESS_CONTROL_LIST, list);
        }
        if (handedDown != null && isDirectory) {
            set(change, made, AttributeName.DEFAULT_ACCESS_CONTROL_LIST, handedDown);
        }
        return made;
    }

    private static void set(
            Change change, StoredInode inode, AttributeName name, AccessControlList list)
            throws FileException {
        inode.attributes().set(change, name, list.toDisk());
    }

    private int flags(int ofDirectory, FileKind kind) {
        int inherited =
                switch (kind) {
                    case DIRECTORY -> InodeFlag.INHERITED_BY_DIRECTORY;
                    case SYMBOLIC_LINK -> InodeFlag.INHERITED_BY_LINK;
                    default -> InodeFlag.INHERITED_BY_FILE;
                };
        return ofDirectory & inherited;
    }

    /** Another one for each use of a number, so that old blocks of it are not taken for new. */
    private int generation(long number) {
        long mixed = (volume.now() + uses++ ^ number << Integer.SIZE) * SPREAD;
        return (int) (mixed >>> Integer.SIZE);
    }

    /** Gives it the map of a file without blocks, or a place for its content within the inode. */
    void clearContent(Change change, StoredInode inode) throws FileException {
        if (inode.canBeInline()) {
            inode.setInlineContent(change, new byte[0]);
        } else {
            clearMap(change, inode);
        }
    }

    /** The same for a directory, which makes its content itself. */
    void clearDirectory(Change change, StoredInode inode) throws FileException {
        if (inode.canBeInline()) {
            InodeRecord record = inode.modify(change);
            record.setFlags(record.flags() | InodeFlag.INLINE_DATA);
            record.seal();
        } else {
            clearMap(change, inode);
        }
    }

    /** Gives it the map of a file without blocks. */
    void clearMap(Change change, StoredInode inode) throws FileException {
        if (volume.geometry().has(Feature.EXTENT)) {
            InodeRecord record = inode.modify(change);
            record.setFlags(record.flags() | InodeFlag.EXTENTS);
            record.seal();
        }
        inode.map().clear(change);
    }
}
