package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A bitmap of the groups: that of the blocks or that of the inodes. One that was never written is
 * made up: it is then no more than what follows from where the file system's own blocks are.
 */
abstract class GroupBitmap {
    private final BlockGroups groups;

    GroupBitmap(BlockGroups groups) {
        this.groups = groups;
    }

    /** What it is called in messages: block, inode. */
    abstract String name();

    /** The descriptor's flag for a bitmap that was never written. */
    abstract int unusedFlag();

    abstract long place(GroupDescriptor descriptor);

    /** How many bits of a group's bitmap stand for something. */
    abstract long bits(int group);

    /** How many bits the checksum is of, in any group. */
    abstract long checkedBits();

    /** Of a bitmap that was found right. */
    abstract BlockMark mark();

    abstract long free(GroupDescriptor descriptor);

    abstract void setFree(GroupDescriptor descriptor, long count);

    abstract boolean isChecksum(GroupDescriptor descriptor, int checksum);

    abstract int checksum(GroupDescriptor descriptor);

    abstract void setChecksum(GroupDescriptor descriptor, int checksum);

    /** Sets the bits of a bitmap of zeros that are set in a group that was never used. */
    abstract void makeUp(int group, ByteBuffer bitmap);

    final BlockGroups groups() {
        return groups;
    }

    final Geometry geometry() {
        return groups.geometry();
    }

    /** How many are free in a group. */
    final long countFree(int group) throws FileException {
        return free(groups.descriptors().read(group));
    }

    /**
     * A group's bitmap, not to be written to.
     *
     * @throws FileException EUCLEAN if the descriptor says something else about it
     */
    final ByteBuffer read(int group) throws FileException {
        GroupDescriptor descriptor = groups.descriptors().read(group);
        if (isUnused(descriptor)) {
            ByteBuffer bitmap =
                    ByteBuffer.allocate(geometry().blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
            makeUpWhole(group, bitmap);
            checkFree(descriptor, group, bitmap);
            return bitmap;
        }
        long place = place(descriptor);
        long mark = mark().of(group);
        // Before its mark: what comes into memory once more afterwards may be something else.
        ByteBuffer bitmap = groups.store().read(place);
        if (groups.store().mark(place) != mark) {
            boolean isRight =
                    !geometry().has(Feature.METADATA_CSUM)
                            || isChecksum(descriptor, checksum(bitmap));
            BlockGroups.check(isRight, group, "wrong checksum of the " + name() + " bitmap");
            checkFree(descriptor, group, bitmap);
            groups.store().setMark(place, mark);
        }
        return bitmap;
    }

    private void checkFree(GroupDescriptor descriptor, int group, ByteBuffer bitmap)
            throws DamageException {
        long clear = Bits.countClear(bitmap, bits(group));
        BlockGroups.check(
                clear == free(descriptor),
                group,
                clear + " free in the " + name() + " bitmap, " + free(descriptor) + " expected");
    }

    /** As {@link #read}; null if it is damaged, and the group is passed over. */
    final ByteBuffer readUndamaged(int group) throws FileException {
        if (isDamaged(group)) {
            return null;
        }
        try {
            return read(group);
        } catch (DamageException e) {
            groups.damaged().add(this, group, e);
            return null;
        }
    }

    /** Whether the group is passed over. */
    final boolean isDamaged(int group) {
        return groups.damaged().has(this, group);
    }

    /**
     * Sets or clears bits, which all were the other way, and counts them in the descriptor: changes
     * two blocks. The superblock's number is left to the caller.
     */
    final void change(Change change, int group, long from, long end, boolean isUsed)
            throws FileException {
        ByteBuffer bitmap = use(change, group);
        GroupDescriptor descriptor = groups.descriptors().modify(change, group);
        int first = (int) (from / Byte.SIZE);
        byte[] differences = new byte[(int) ((end - 1) / Byte.SIZE) - first + 1];
        bitmap.get(first, differences);
        if (isUsed) {
            Bits.set(bitmap, from, end);
            setFree(descriptor, free(descriptor) - (end - from));
        } else {
            Bits.clear(bitmap, from, end);
            setFree(descriptor, free(descriptor) + (end - from));
        }
        for (int i = 0; i < differences.length; i++) {
            differences[i] ^= bitmap.get(first + i);
        }
        if (geometry().has(Feature.METADATA_CSUM)) {
            int behind = checkedBytes() - first - differences.length;
            setChecksum(
                    descriptor,
                    behind < 0
                            ? checksum(bitmap)
                            : checksum(descriptor) ^ Crc32c.change(differences, behind));
        }
        groups.descriptors().seal(change, group);
    }

    /** A group's bitmap, to be changed; what was made up so far is on the disk from now on. */
    private ByteBuffer use(Change change, int group) throws FileException {
        GroupDescriptor descriptor = groups.descriptors().read(group);
        if (!isUnused(descriptor)) {
            return change.modify(place(descriptor));
        }
        ByteBuffer bitmap = change.create(place(descriptor));
        makeUpWhole(group, bitmap);
        groups.descriptors().modify(change, group).clear(unusedFlag());
        seal(change, group, bitmap);
        return bitmap;
    }

    /** Sees to it that a group's bitmap is on the disk, if it was made up so far. */
    final void makeUsed(Change change, int group) throws FileException {
        if (isUnused(groups.descriptors().read(group))) {
            use(change, group);
        }
    }

    private void seal(Change change, int group, ByteBuffer bitmap) throws FileException {
        if (geometry().has(Feature.METADATA_CSUM)) {
            setChecksum(groups.descriptors().modify(change, group), checksum(bitmap));
        }
        groups.descriptors().seal(change, group);
    }

    private boolean isUnused(GroupDescriptor descriptor) {
        return groups.descriptors().hasChecksums() && descriptor.has(unusedFlag());
    }

    private void makeUpWhole(int group, ByteBuffer bitmap) {
        makeUp(group, bitmap);
        Bits.set(bitmap, bits(group), (long) geometry().blockBytes() * Byte.SIZE);
    }

    private int checksum(ByteBuffer bitmap) {
        return Crc32c.update(geometry().checksumSeed(), bitmap, 0, checkedBytes());
    }

    private int checkedBytes() {
        return (int) (checkedBits() / Byte.SIZE);
    }
}
