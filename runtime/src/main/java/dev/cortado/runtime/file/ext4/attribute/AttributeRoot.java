package dev.cortado.runtime.file.ext4.attribute;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.transaction.Change;

/** What attributes need of the inode that has them. */
public interface AttributeRoot {
    long number();

    /** The inode, to be read. */
    InodeRecord record() throws FileException;

    /** The inode, to be changed; it is sealed by whoever changes it. */
    InodeRecord modify(Change change) throws FileException;

    /** Adds to {@code i_blocks}, in blocks of the file system; may be negative. */
    void addBlocks(Change change, long count) throws FileException;

    /** The block near which a block of attributes is to be. */
    long goal();

    /**
     * A value that is in an inode of its own.
     *
     * @param bytes how long it is
     */
    byte[] readValue(long inode, int bytes) throws FileException;

    /** An inode with a value is used once less. */
    void dropValue(Change change, long inode) throws FileException;
}
