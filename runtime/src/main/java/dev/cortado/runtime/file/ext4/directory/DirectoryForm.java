package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.storage.transaction.Change;

/** The ways in which directories keep their entries. */
interface DirectoryForm {
    /** Null if the name is not here. */
    FoundEntry find(FileName name) throws FileException;

    /**
     * Adds a name.
     *
     * @return false if there is no room in this form, and nothing was done
     */
    boolean insert(Change change, FileName name, long inode, FileKind kind) throws FileException;

    boolean isEmpty() throws FileException;

    /** The inode of {@code ..}. */
    long parent() throws FileException;

    void setParent(Change change, long inode) throws FileException;

    /** Some of the entries behind a cookie, in their order; none if there are no more. */
    EntryBatch after(long cookie) throws FileException;
}
