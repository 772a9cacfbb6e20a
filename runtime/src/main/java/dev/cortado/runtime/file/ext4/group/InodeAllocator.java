package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.transaction.Change;

/** Gives inodes to files, and takes them back. Their records are somebody else's. */
public final class InodeAllocator {
    /** Blocks that {@link #allocate} and {@link #free} change at most. */
    public static final int CREDITS = 4;

    public InodeAllocator(BlockGroups groups) {}

    /**
     * Takes a free inode. What its record has is whatever a file left there before, or, in a table
     * that nobody has ever used, zeros.
     *
     * @param parent number of the directory that the file is to be in
     * @return its number
     * @throws FileException ENOSPC, EUCLEAN
     */
    public long allocate(Change change, long parent, boolean isDirectory) throws FileException {
        throw new UnsupportedOperationException();
    }

    /**
     * @throws FileException EUCLEAN if it is free already, or reserved
     */
    public void free(Change change, long number, boolean isDirectory) throws FileException {
        throw new UnsupportedOperationException();
    }

    /** Whether an inode is taken, as its bitmap says. */
    public boolean isUsed(long number) throws FileException {
        throw new UnsupportedOperationException();
    }
}
