package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.map.Mapping;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;

/**
 * An inode whose content is an extended attribute's value. Other programs make them; here they are
 * read, and given up with the last attribute that has them. With the file system's lock.
 */
final class ValueInode {
    private final Volume volume;
    private final StoredInode inode;

    private ValueInode(Volume volume, StoredInode inode) {
        this.volume = volume;
        this.inode = inode;
    }

    /**
     * @param user the inode whose attribute says that this is its value
     */
    static ValueInode of(Volume volume, long user, long number) throws FileException {
        boolean isInode = volume.geometry().firstInode() <= number;
        if (isInode && number <= volume.geometry().inodes() && number != user) {
            InodeRecord record = volume.table().read(number);
            record.verify();
            if (record.hasFlag(InodeFlag.ATTRIBUTE_VALUE)) {
                return new ValueInode(volume, StoredInode.of(volume, number));
            }
        }
        throw DamageException.ofInode(user, "an attribute's value in inode " + number);
    }

    /**
     * @param length as the attribute says; no more than a value may have
     */
    byte[] read(int length) throws FileException {
        InodeRecord record = inode.record();
        if (record.size() != length) {
            throw damaged("a value of " + record.size() + " bytes, not " + length);
        }
        int blockBytes = volume.geometry().blockBytes();
        byte[] value = new byte[length];
        for (int at = 0; at < length; at += blockBytes) {
            Mapping mapping = inode.map().lookup(at / blockBytes);
            if (!mapping.hasBytes()) {
                throw damaged("a value with a hole");
            }
            int count = Math.min(blockBytes, length - at);
            volume.store().read(mapping.place()).get(0, value, at, count);
        }
        int checksum =
                Crc32c.update(volume.geometry().checksumSeed(), ByteBuffer.wrap(value), 0, length);
        if (checksum != inode.record().valueChecksum()) {
            throw damaged("a value with a wrong checksum");
        }
        return value;
    }

    /** One attribute less has it; what nobody has any more becomes an orphan. */
    void drop(Change change) throws FileException {
        InodeRecord record = inode.modify(change);
        long uses = record.valueUses();
        if (uses < 1) {
            throw damaged("a value that is used " + uses + " times");
        }
        record.setValueUses(uses - 1);
        if (uses == 1) {
            record.setLinks(0);
        }
        record.seal();
        if (uses == 1) {
            volume.orphans().addValue(change, inode);
        }
    }

    private DamageException damaged(String what) {
        return DamageException.ofInode(inode.number(), what);
    }
}
