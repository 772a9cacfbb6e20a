package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.storage.transaction.Change;

/** The entries of one directory. */
public final class Directory {
    public Directory(BlockGroups groups, DirectoryRoot root) {}

    /** Makes the first block of a new directory, or its inline bytes if the root is inline. */
    public void create(Change change, long parent) throws FileException {
        throw new UnsupportedOperationException();
    }

    public int creditsToCreate() throws FileException {
        throw new UnsupportedOperationException();
    }

    /** The number of the inode that a name is of; 0 if the name is not here. */
    public long find(FileName name) throws FileException {
        throw new UnsupportedOperationException();
    }

    /** The inode of {@code ..}. */
    public long parent() throws FileException {
        throw new UnsupportedOperationException();
    }

    /** Sets the inode of {@code ..}; changes one block. */
    public void setParent(Change change, long inode) throws FileException {
        throw new UnsupportedOperationException();
    }

    /** Whether there is nothing but {@code .} and {@code ..}. */
    public boolean isEmpty() throws FileException {
        throw new UnsupportedOperationException();
    }

    /** The first entry behind a cookie, 0 for all; null if there is none. */
    public Entry next(long cookie) throws FileException {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds a name.
     *
     * @throws FileException EEXIST, ENOSPC, EUCLEAN
     */
    public void insert(Change change, FileName name, long inode, FileKind kind)
            throws FileException {
        throw new UnsupportedOperationException();
    }

    /** Blocks that {@link #insert} changes at most. */
    public int creditsToInsert() throws FileException {
        throw new UnsupportedOperationException();
    }

    /**
     * Gives a name to another file; changes one block.
     *
     * @throws FileException ENOENT
     */
    public void replace(Change change, FileName name, long inode, FileKind kind)
            throws FileException {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes a name away; changes two blocks at most.
     *
     * @throws FileException ENOENT
     */
    public void remove(Change change, FileName name) throws FileException {
        throw new UnsupportedOperationException();
    }
}
