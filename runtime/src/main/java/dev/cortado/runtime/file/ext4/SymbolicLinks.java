package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.map.Mapping;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Where symbolic links keep their targets: in the inode, or in a block. */
final class SymbolicLinks {
    /** Blocks that {@link #write} changes beside the inode's. */
    static final int CREDITS = BlockAllocator.CREDITS + 1;

    private final Volume volume;

    SymbolicLinks(Volume volume) {
        this.volume = volume;
    }

    /** Whether the target is where other inodes have their map: then it has no blocks. */
    static boolean isFast(InodeRecord record) {
        long ofAttributes = record.attributeBlock() == 0 ? 0 : record.sectorsPerBlock();
        return record.sectors() <= ofAttributes;
    }

    byte[] read(StoredInode inode) throws FileException {
        InodeRecord record = inode.record();
        int size = (int) Math.clamp(inode.size(), 0, Integer.MAX_VALUE);
        if (record.hasFlag(InodeFlag.INLINE_DATA)) {
            return first(inode, inode.inlineBytes(), size);
        }
        if (isFast(record)) {
            byte[] bytes = new byte[InodeRecord.MAP_BYTES];
            record.bytes().get(record.mapOffset(), bytes);
            return first(inode, ByteBuffer.wrap(bytes), size);
        }
        Mapping mapping = inode.map().lookup(0);
        if (!mapping.hasBytes()) {
            throw DamageException.ofInode(inode.number(), "a symbolic link without a block");
        }
        return first(inode, volume.store().read(mapping.place()), size);
    }

    private static byte[] first(StoredInode inode, ByteBuffer bytes, int size)
            throws FileException {
        if (size > bytes.capacity()) {
            throw DamageException.ofInode(
                    inode.number(), "a symbolic link to a path of " + size + " bytes");
        }
        byte[] target = new byte[size];
        bytes.get(0, target);
        return target;
    }

    /**
     * Sets a new link's target.
     *
     * @throws FileException ENAMETOOLONG if it does not go into a block
     */
    void write(Change change, StoredInode inode, byte[] target) throws FileException {
        // Both have a zero behind the target.
        if (target.length >= volume.geometry().blockBytes()) {
            throw new FileException(Errno.ENAMETOOLONG);
        }
        if (target.length < InodeRecord.MAP_BYTES) {
            InodeRecord record = inode.modify(change);
            byte[] padded = Arrays.copyOf(target, InodeRecord.MAP_BYTES);
            record.bytes().put(record.mapOffset(), padded);
            record.seal();
        } else {
            new NewInode(volume).clearMap(change, inode);
            long place = inode.map().allocate(change, 0, 1).place();
            change.create(place).put(0, target);
        }
        inode.setSize(change, target.length);
    }
}
