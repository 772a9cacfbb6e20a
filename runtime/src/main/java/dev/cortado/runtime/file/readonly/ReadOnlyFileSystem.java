package dev.cortado.runtime.file.readonly;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;

/**
 * Files that cannot be changed: whatever would change them fails with EROFS, and as they are there
 * for ever, nobody needs to retain them.
 *
 * @param <I> its inodes, all of which it has made itself
 */
public abstract class ReadOnlyFileSystem<I extends ReadOnlyInode> implements FileSystem {
    private final Class<I> inodes;

    protected ReadOnlyFileSystem(Class<I> inodes) {
        this.inodes = inodes;
    }

    /** A regular file's bytes. */
    protected abstract long size(I file);

    /**
     * Fills a buffer with a regular file's bytes, all of which are there by its {@link #size}.
     *
     * @throws FileException EUCLEAN, EIO; EOPNOTSUPP if they are kept in a way that is not
     *     understood
     */
    protected abstract void fill(I file, long position, ByteBuffer to) throws FileException;

    protected final I own(Inode inode) {
        if (inode instanceof ReadOnlyInode own && own.isOf(this)) {
            return inodes.cast(own);
        }
        throw new IllegalArgumentException("An inode of another file system: " + inode);
    }

    protected final I directory(Inode inode) throws FileException {
        I own = own(inode);
        if (!own.isDirectory()) {
            throw new FileException(Errno.ENOTDIR);
        }
        return own;
    }

    @Override
    public final boolean isReadOnly() {
        return true;
    }

    @Override
    public final int read(Inode inode, long position, ByteBuffer to) throws FileException {
        I file = own(inode);
        if (file.kind() != FileKind.REGULAR) {
            throw new FileException(file.isDirectory() ? Errno.EISDIR : Errno.EINVAL);
        }
        int count = (int) Math.clamp(size(file) - position, 0, to.remaining());
        if (count > 0) {
            int limit = to.limit();
            to.limit(to.position() + count);
            try {
                fill(file, position, to);
            } finally {
                to.limit(limit);
            }
        }
        return count;
    }

    /** There are none, if a file system does not say something else. */
    @Override
    public byte[] readLink(Inode link) throws FileException {
        own(link);
        throw new FileException(Errno.EINVAL);
    }

    @Override
    public final void retain(Inode inode) {
        own(inode);
    }

    @Override
    public final void release(Inode inode) {
        own(inode);
    }

    @Override
    public final void sync(Inode inode, boolean onlyData) {
        own(inode);
    }
}
