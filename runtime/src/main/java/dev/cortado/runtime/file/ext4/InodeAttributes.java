package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.attribute.AccessControlList;
import dev.cortado.runtime.file.ext4.attribute.AttributeName;
import dev.cortado.runtime.file.ext4.attribute.ExtendedAttributes;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.transaction.Change;

/** What is said about files: attributes, times of access, extended attributes. */
final class InodeAttributes {
    /** Access times are written once a day, or after a change (mount(8), relatime). */
    private static final long ACCESS_TIME_NANOS = 24L * 60 * 60 * 1_000_000_000L;

    /** Blocks that an attribute's change takes: its own, the inode's, and a value's. */
    private static final int CREDITS = ExtendedAttributes.CREDITS + 3 + Orphans.CREDITS;

    private static final int ACCESS_BITS = 0777;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** In 1901: the first second that inodes can keep. */
    private static final long EARLIEST = Integer.MIN_VALUE * NANOS_PER_SECOND;

    private final Volume volume;
    private final Eraser eraser;

    InodeAttributes(Volume volume, Eraser eraser) {
        this.volume = volume;
        this.eraser = eraser;
    }

    Attributes get(Ext4Inode inode) throws FileException {
        return volume.read(() -> inode.last() != null ? inode.last() : read(inode));
    }

    /** With the file system's lock. */
    static Attributes read(Ext4Inode inode) throws FileException {
        InodeRecord record = inode.stored().record();
        return new Attributes(
                0,
                inode.number(),
                inode.kind(),
                record.mode() & AttributeChange.ALL_PERMISSIONS,
                record.links(),
                record.owner(),
                record.group(),
                inode.stored().size(),
                sectors(inode, record),
                record.accessed(),
                record.modified(),
                record.changed(),
                record.created());
    }

    /**
     * Of a file's inline data, as Linux: what it would take, so that it does not seem to be a hole.
     */
    private static long sectors(Ext4Inode inode, InodeRecord record) throws FileException {
        boolean isInline =
                inode.kind() == FileKind.REGULAR && record.hasFlag(InodeFlag.INLINE_DATA);
        return isInline
                ? record.sectors() + Math.ceilDiv(inode.stored().size(), InodeRecord.SECTOR_BYTES)
                : record.sectors();
    }

    void set(Ext4Inode inode, AttributeChange wanted) throws FileException {
        volume.change(
                CREDITS,
                change -> {
                    inode.requireChangeable();
                    set(inode.stored().modify(change), wanted);
                    if (wanted.permissions() != AttributeChange.KEEP) {
                        setPermissionsOfList(change, inode.stored(), wanted.permissions());
                    }
                    inode.changed();
                    return null;
                });
    }

    private void set(InodeRecord record, AttributeChange wanted) {
        long now = volume.now();
        int before = record.mode() & AttributeChange.ALL_PERMISSIONS;
        int after = wanted.permissionsAfter(record.kind(), before);
        record.setMode(record.mode() & ~before | after & AttributeChange.ALL_PERMISSIONS);
        if (wanted.owner() != AttributeChange.KEEP) {
            record.setOwner(wanted.owner());
        }
        if (wanted.group() != AttributeChange.KEEP) {
            record.setGroup(wanted.group());
        }
        if (wanted.accessed() != AttributeChange.KEEP_TIME) {
            record.setAccessed(time(wanted.accessed(), now));
        }
        if (wanted.modified() != AttributeChange.KEEP_TIME) {
            record.setModified(time(wanted.modified(), now));
        }
        StoredInode.touch(record, now, false);
        record.seal();
    }

    /** What is before the earliest second, or in it, becomes that (timestamp_truncate). */
    private static long time(long wanted, long now) {
        if (wanted == AttributeChange.NOW) {
            return now;
        }
        return wanted < EARLIEST + NANOS_PER_SECOND ? EARLIEST : wanted;
    }

    /**
     * As below, of a file of which some bytes were read.
     *
     * @return how many: the same
     */
    int accessed(Ext4Inode inode, int count) {
        if (count > 0) {
            touchAccessed(inode);
        }
        return count;
    }

    /** It was read: sets when, unless that is known well enough. */
    void touchAccessed(Ext4Inode inode) {
        long now = volume.now();
        long checked = inode.accessTimeGoodFrom();
        boolean isWanted = volume.options().accessTimes() && !volume.isReadOnly();
        if (!isWanted || checked != Long.MIN_VALUE && now - checked < ACCESS_TIME_NANOS) {
            return;
        }
        try {
            if (volume.read(() -> needsAccessTime(inode, now))) {
                volume.change(1, change -> setAccessed(change, inode, now));
            }
            inode.setAccessTimeGood(now);
        } catch (FileException e) {
            // It was read all the same; damage has been told of.
            inode.setAccessTimeGood(now);
        }
    }

    private boolean needsAccessTime(Ext4Inode inode, long now) throws FileException {
        if (inode.last() != null) {
            return false;
        }
        InodeRecord record = inode.stored().record();
        long old = record.accessed();
        boolean isOld =
                old <= record.modified()
                        || old <= record.changed()
                        || now - old >= ACCESS_TIME_NANOS;
        return isOld && !record.hasFlag(InodeFlag.NO_ACCESS_TIME);
    }

    private Void setAccessed(Change change, Ext4Inode inode, long now) throws FileException {
        inode.requireThere();
        InodeRecord record = inode.stored().modify(change);
        record.setAccessed(now);
        record.seal();
        inode.changed();
        return null;
    }

    byte[] extended(Ext4Inode inode, byte[] text) throws FileException {
        AttributeName name = AttributeName.of(text);
        if (name.isForUsers() && !canHaveUsers(inode)) {
            throw new FileException(Errno.ENODATA);
        }
        byte[] value =
                volume.read(() -> {
                    inode.requireThere();
                    return inode.stored().attributes().get(name);
                });
        boolean isList = name.isAccessControlList() || name.isDefaultAccessControlList();
        return isList ? AccessControlList.ofInode(inode.number(), value).toCall() : value;
    }

    byte[][] extended(Ext4Inode inode) throws FileException {
        return volume.read(() -> {
            inode.requireThere();
            return inode.stored().attributes().names().toArray(byte[][]::new);
        });
    }

    /**
     * @param value null to remove it
     */
    void setExtended(Ext4Inode inode, byte[] text, byte[] value) throws FileException {
        AttributeName name = AttributeName.of(text);
        if (name.isForUsers() && !canHaveUsers(inode)) {
            throw new FileException(Errno.EPERM);
        }
        if (value != null && value.length > ExtendedAttributes.MAXIMUM_VALUE_BYTES) {
            throw new FileException(Errno.E2BIG);
        }
        volume.change(
                CREDITS,
                change -> {
                    inode.requireUnprotected();
                    if (name.isAccessControlList() || name.isDefaultAccessControlList()) {
                        setList(change, inode, name, value);
                    } else {
                        setRaw(change, inode.stored(), name, value);
                    }
                    inode.stored().touch(change, false);
                    inode.changed();
                    return null;
                });
        eraser.eraseValues();
    }

    private static boolean canHaveUsers(Ext4Inode inode) {
        return inode.kind() == FileKind.REGULAR || inode.isDirectory();
    }

    private void setRaw(Change change, StoredInode inode, AttributeName name, byte[] value)
            throws FileException {
        if (!volume.geometry().hasFeatures()) {
            throw new FileException(Errno.EOPNOTSUPP);
        }
        if (!volume.superblock().features().has(Feature.EXT_ATTR)) {
            volume.superblock().setFeature(change, Feature.EXT_ATTR, true);
        }
        inode.attributes().set(change, name, value);
    }

    /** Of a list that a mode says as well, only the mode remains. */
    private void setList(Change change, Ext4Inode inode, AttributeName name, byte[] value)
            throws FileException {
        if (inode.kind() == FileKind.SYMBOLIC_LINK) {
            throw new FileException(Errno.EOPNOTSUPP);
        }
        if (name.isDefaultAccessControlList() && !inode.isDirectory()) {
            throw new FileException(value == null ? Errno.ENODATA : Errno.EACCES);
        }
        AccessControlList list = value == null ? null : AccessControlList.fromCall(value);
        if (list != null && name.isAccessControlList()) {
            InodeRecord record = inode.stored().modify(change);
            record.setMode(record.mode() & ~ACCESS_BITS | list.permissions());
            record.seal();
            if (list.isPlain()) {
                removeIfThere(change, inode.stored(), name);
                return;
            }
        }
        setRaw(change, inode.stored(), name, list == null ? null : list.toDisk());
    }

    private void removeIfThere(Change change, StoredInode inode, AttributeName name)
            throws FileException {
        try {
            inode.attributes().set(change, name, null);
        } catch (FileException e) {
            if (e.errno() != Errno.ENODATA) {
                throw e;
            }
        }
    }

    /** A list of access goes with the mode. */
    private void setPermissionsOfList(Change change, StoredInode inode, int permissions)
            throws FileException {
        byte[] value = inode.attributes().find(AttributeName.ACCESS_CONTROL_LIST);
        if (value == null) {
            return;
        }
        AccessControlList list = AccessControlList.ofInode(inode.number(), value);
        inode.attributes()
                .set(
                        change,
                        AttributeName.ACCESS_CONTROL_LIST,
                        list.withPermissions(permissions).toDisk());
    }
}
