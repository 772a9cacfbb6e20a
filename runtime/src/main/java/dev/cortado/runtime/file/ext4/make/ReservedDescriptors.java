package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.DescriptorTable;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What growing does to the inode of reserved blocks ({@link ResizeInode}): it loses those that
 * become descriptors, and gets those in new groups that have a copy of the superblock.
 */
final class ReservedDescriptors {
    private final MetadataStore store;
    private final Geometry before;
    private final Geometry after;
    private final int addressesPerBlock;
    private final int copiesBefore;
    private final List<Integer> newCopies;

    ReservedDescriptors(MetadataStore store, Geometry before, Geometry after) {
        this.store = store;
        this.before = before;
        this.after = after;
        addressesPerBlock = after.blockBytes() / Integer.BYTES;
        copiesBefore = SuperblockGroups.of(before, 1, before.groups()).size();
        newCopies = SuperblockGroups.of(after, before.groups(), after.groups());
    }

    private boolean isNeeded() {
        return after.has(Feature.RESIZE_INODE) && (takenBlocks() > 0 || !newCopies.isEmpty());
    }

    private long takenBlocks() {
        return after.descriptorBlocks() - before.descriptorBlocks();
    }

    /** How many blocks {@link #update} changes. */
    int credits() {
        return isNeeded() ? 2 + (int) takenBlocks() + after.reservedDescriptorBlocks() : 0;
    }

    /** Makes reserved blocks empty blocks of descriptors, and changes the inode accordingly. */
    void update(Change change) throws FileException {
        if (!isNeeded()) {
            return;
        }
        InodeRecord inode = inode(change);
        int field = inode.mapOffset() + ResizeInode.DOUBLY_INDIRECT * Integer.BYTES;
        long list = Integer.toUnsignedLong(inode.bytes().getInt(field));
        if (!before.isBlock(list)) {
            throw DamageException.ofInode(ResizeInode.NUMBER, "no doubly indirect block");
        }
        long blocks = 0;
        for (long i = before.descriptorBlocks(); i < after.descriptorBlocks(); i++) {
            long place = place(list, i);
            change.modify(list).putInt(offset(i), 0);
            change.create(place);
            blocks -= 1 + copiesBefore;
        }
        if (!newCopies.isEmpty()) {
            for (int i = 0; i < after.reservedDescriptorBlocks(); i++) {
                addCopies(change, list, after.descriptorBlocks() + i);
            }
            blocks += (long) newCopies.size() * after.reservedDescriptorBlocks();
        }
        int sectorsPerBlock = after.blockBytes() / InodeRecord.SECTOR_BYTES;
        inode.setSectors(inode.sectors() + blocks * sectorsPerBlock);
        inode.seal();
    }

    private InodeRecord inode(Change change) throws FileException {
        long at = (ResizeInode.NUMBER - 1) * after.inodeBytes();
        long table = new DescriptorTable(after, store).read(0).inodeTable();
        long block = table + at / after.blockBytes();
        if (!before.isBlock(block)) {
            throw DamageException.ofGroup(0, "inode table outside, at block " + table);
        }
        InodeRecord inode =
                new InodeRecord(
                        after,
                        ResizeInode.NUMBER,
                        change.modify(block),
                        (int) (at % after.blockBytes()));
        inode.verify();
        return inode;
    }

    private void addCopies(Change change, long list, long behindSuperblock) throws FileException {
        if (copiesBefore + newCopies.size() > addressesPerBlock) {
            throw DamageException.ofInode(ResizeInode.NUMBER, "too many copies to list");
        }
        ByteBuffer copies = change.modify(place(list, behindSuperblock));
        for (int i = 0; i < newCopies.size(); i++) {
            long copy = after.firstBlock(newCopies.get(i)) + 1 + behindSuperblock;
            copies.putInt((copiesBefore + i) * Integer.BYTES, (int) copy);
        }
    }

    /**
     * Where a reserved block is.
     *
     * @throws DamageException if the list does not say so
     */
    private long place(long list, long behindSuperblock) throws FileException {
        long place = before.firstDataBlock() + 1 + behindSuperblock;
        long listed = Integer.toUnsignedLong(store.read(list).getInt(offset(behindSuperblock)));
        if (listed != place) {
            throw DamageException.ofBlock(
                    ResizeInode.NUMBER, list, "block %d instead of %d".formatted(listed, place));
        }
        return place;
    }

    private int offset(long behindSuperblock) {
        return (int) (behindSuperblock % addressesPerBlock) * Integer.BYTES;
    }
}
