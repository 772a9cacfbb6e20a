package dev.cortado.runtime.file.ext4.map;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;

/** What a map of blocks needs of the inode that it begins in. */
public interface MapRoot {
    /** Bytes of {@code i_block}. */
    int BYTES = 60;

    /** The inode's number. */
    long number();

    /** What the checksums of the map's nodes begin with: of the inode's number and generation. */
    int checksumSeed();

    /** EXT4_EXTENTS_FL: it is an extent tree, else a block map. */
    boolean hasExtents();

    /** {@code i_block}: little-endian, from 0 to {@value #BYTES}, not to be written to. */
    ByteBuffer blocks() throws FileException;

    /**
     * Replaces {@code i_block}. It changes one block, that of the inode.
     *
     * @param bytes from 0 to {@value #BYTES}, copied
     */
    void setBlocks(Change change, ByteBuffer bytes) throws FileException;

    /**
     * Adds to {@code i_blocks}. It changes one block, that of the inode.
     *
     * @param count of blocks of the file system, of data and of the map itself; may be negative
     * @throws FileException EFBIG if there would be too many for the number; EUCLEAN if there would
     *     be less than none
     */
    void addBlocks(Change change, long count) throws FileException;
}
