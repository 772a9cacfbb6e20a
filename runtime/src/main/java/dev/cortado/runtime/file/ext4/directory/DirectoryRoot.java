package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.map.FileMap;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;

/** What a directory needs of its inode. Each change of it changes one block, that of the inode. */
public interface DirectoryRoot {
    /** The inode's number. */
    long number();

    /** What the checksums of its blocks begin with: of the inode's number and generation. */
    int checksumSeed();

    /** Where its blocks are; asked for anew after {@link #leaveInline}. */
    FileMap map() throws FileException;

    /** {@code i_size}, in bytes. */
    long size() throws FileException;

    void setSize(Change change, long size) throws FileException;

    /** EXT4_INDEX_FL: its first block is the root of a hash tree. */
    boolean isIndexed() throws FileException;

    void setIndexed(Change change, boolean isIndexed) throws FileException;

    /** EXT4_INLINE_DATA_FL: its entries are in the inode. */
    boolean isInline() throws FileException;

    /**
     * A copy of the bytes in the inode: the 60 of {@code i_block}, then those of the attribute
     * {@code system.data}; little-endian, from 0 to its limit.
     */
    ByteBuffer inlineBytes() throws FileException;

    /** How many bytes there is room for in the inode, with those that are there already. */
    int inlineCapacity() throws FileException;

    /**
     * Replaces the bytes in the inode and sets the size to how many there are.
     *
     * @param bytes from 0 to its limit: 60 at least, {@link #inlineCapacity} at most; copied
     */
    void setInlineBytes(Change change, ByteBuffer bytes) throws FileException;

    /**
     * The directory has blocks from now on: no EXT4_INLINE_DATA_FL, no {@code system.data}, size 0,
     * and an empty map in the form that new files get.
     */
    void leaveInline(Change change) throws FileException;
}
