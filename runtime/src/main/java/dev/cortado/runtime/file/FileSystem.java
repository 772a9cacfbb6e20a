package dev.cortado.runtime.file;

import java.nio.ByteBuffer;

/**
 * What a file system does: names of entries are looked up in directories, one at a time; paths,
 * mounts, symbolic links, {@code .} and {@code ..}, open flags and trailing slashes are dealt with
 * above (package {@code tree}).
 *
 * <p>All methods may be called from several threads at a time; each change of names is one step for
 * the others. A {@link FileException} says what went wrong; beside those named here, EIO where
 * there is a device. Who is given an inode of another file system throws IllegalArgumentException.
 *
 * <p>What changes files refuses to, with EROFS, where a file system has nothing better to do.
 *
 * <p>A file lives as long as it has a name or somebody {@linkplain #retain retains} it. On an inode
 * that is gone, calls do no harm: they fail with ENOENT, or tell of the file as it was.
 */
public interface FileSystem {
    Inode root();

    /** What people call its kind: tmpfs, ext4. */
    String type();

    /** Refuses all changes, with EROFS. */
    boolean isReadOnly();

    /**
     * @throws FileException ENOENT, ENOTDIR
     */
    Inode lookup(Inode directory, FileName name) throws FileException;

    /** The directory that a directory is in; the root's is the root. */
    Inode parent(Inode directory) throws FileException;

    /**
     * The permissions that new files in a directory do not get: those of the program (POSIX,
     * umask), unless the directory says itself what they get (acl(5), default ACL).
     *
     * @param ofProgram what is the case otherwise
     */
    default int mask(Inode directory, int ofProgram) throws FileException {
        return ofProgram;
    }

    /**
     * Makes an empty regular file.
     *
     * @throws FileException EEXIST, ENOENT if the directory was removed, ENOTDIR, ENOSPC, EROFS
     */
    default Inode create(Inode directory, FileName name, int permissions) throws FileException {
        throw new FileException(Errno.EROFS);
    }

    /** Makes an empty directory; fails as {@link #create}. */
    default Inode makeDirectory(Inode directory, FileName name, int permissions)
            throws FileException {
        throw new FileException(Errno.EROFS);
    }

    /** Makes a symbolic link; fails as {@link #create}. */
    default Inode makeSymbolicLink(Inode directory, FileName name, byte[] target)
            throws FileException {
        throw new FileException(Errno.EROFS);
    }

    /**
     * Gives a file one more name.
     *
     * @throws FileException as {@link #create}; EPERM for a directory, EMLINK, ENOENT if the file
     *     is gone
     */
    default void link(Inode file, Inode directory, FileName name) throws FileException {
        throw new FileException(Errno.EROFS);
    }

    /**
     * Takes a name from what is no directory.
     *
     * @throws FileException ENOENT, EISDIR, EROFS
     */
    default void unlink(Inode directory, FileName name) throws FileException {
        throw new FileException(Errno.EROFS);
    }

    /**
     * Removes an empty directory.
     *
     * @throws FileException ENOENT, ENOTDIR, ENOTEMPTY, EROFS
     */
    default void removeDirectory(Inode directory, FileName name) throws FileException {
        throw new FileException(Errno.EROFS);
    }

    /**
     * Gives a file another name, in one step also if that name was another file's (POSIX, rename).
     * Two names of one file stay as they are.
     *
     * @throws FileException ENOENT, EROFS, ENOSPC; EINVAL if a directory were to move below itself;
     *     ENOTEMPTY, ENOTDIR, EISDIR if the new name's file cannot be replaced by the other
     */
    default void rename(Inode fromDirectory, FileName from, Inode toDirectory, FileName to)
            throws FileException {
        throw new FileException(Errno.EROFS);
    }

    /** A symbolic link's target; EINVAL for anything else. */
    byte[] readLink(Inode link) throws FileException;

    /**
     * The entry behind a cookie, null at the end. Entries that are there from the first call to the
     * last are given once, however many others come and go in between. {@code .} and {@code ..} are
     * never given.
     *
     * @param cookie of the entry before, or {@link DirectoryEntry#START}
     */
    DirectoryEntry nextEntry(Inode directory, long cookie) throws FileException;

    /** Attributes but for the device, which is 0. */
    Attributes attributes(Inode inode) throws FileException;

    /**
     * @throws FileException EROFS
     */
    default void setAttributes(Inode inode, AttributeChange change) throws FileException {
        throw new FileException(Errno.EROFS);
    }

    /**
     * Reads a regular file's bytes; a hole reads as zeros.
     *
     * @param position 0 or more
     * @return how many; less than there was room for only at the end of the file
     */
    int read(Inode file, long position, ByteBuffer to) throws FileException;

    /**
     * Writes into a regular file; between its old end and the position comes a hole. Readers see
     * all of one call's bytes or none of them.
     *
     * @param position 0 or more
     * @return how many bytes; less than there were only if there was no room for more
     * @throws FileException ENOSPC if there was no room for any, EFBIG, EROFS
     */
    default int write(Inode file, long position, ByteBuffer from) throws FileException {
        throw new FileException(Errno.EROFS);
    }

    /**
     * Writes at the end of a regular file: of two at the same time, one behind the other.
     *
     * @return the position behind the last byte written
     */
    default long append(Inode file, ByteBuffer from) throws FileException {
        throw new FileException(Errno.EROFS);
    }

    /**
     * Sets a regular file's size: cuts bytes off, or adds a hole.
     *
     * @param size 0 or more
     * @throws FileException EFBIG, EROFS
     */
    default void truncate(Inode file, long size) throws FileException {
        throw new FileException(Errno.EROFS);
    }

    /**
     * The first position, from one on, at which a regular file may have other bytes than zeros
     * (lseek(2), SEEK_DATA): what is in front of it is a hole.
     *
     * @param position 0 or more
     * @return the position itself if nothing better is known; the file's size or more if there are
     *     none
     */
    default long nextData(Inode file, long position) throws FileException {
        return position;
    }

    /** No position in a regular file is behind this one; {@value Integer#MAX_VALUE} or more. */
    default long maximumSize(Inode file) throws FileException {
        return Long.MAX_VALUE;
    }

    /**
     * Returns when a file is where it survives the machine's end.
     *
     * @param onlyData not the times
     */
    void sync(Inode inode, boolean onlyData) throws FileException;

    FileSystemStatistics statistics() throws FileException;

    /**
     * Lets a file live on without a name, until {@link #release} was called as often.
     *
     * @throws FileException ENOENT if it is gone already
     */
    void retain(Inode inode) throws FileException;

    void release(Inode inode);

    /**
     * An extended attribute's value; ENODATA if there is none of that name (xattr(7)).
     *
     * @param name with its namespace, as {@code user.mime_type}
     */
    default byte[] extendedAttribute(Inode inode, byte[] name) throws FileException {
        throw new FileException(Errno.EOPNOTSUPP);
    }

    /** Sets an extended attribute, or removes it if the value is null: ENODATA if there is none. */
    default void setExtendedAttribute(Inode inode, byte[] name, byte[] value) throws FileException {
        throw new FileException(Errno.EOPNOTSUPP);
    }

    /** The names of all extended attributes. */
    default byte[][] extendedAttributes(Inode inode) throws FileException {
        throw new FileException(Errno.EOPNOTSUPP);
    }
}
