package dev.cortado.runtime.file.tmpfs;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileClock;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Files in memory. Its limits are pages of content and names: each name counts as a file, since
 * names take memory whether or not they are of one file (as on Linux's tmpfs).
 *
 * <p>One lock is held for changes of names, and under it those of the files concerned; who looks
 * names up, reads and writes does not take it.
 */
public sealed class TmpFileSystem implements FileSystem permits SuppliedFileSystem {
    public static final int PAGE_BYTES = 4096;

    /** Of a file. */
    public static final long MAXIMUM_SIZE = Long.MAX_VALUE;

    private static final int ROOT_PERMISSIONS = 01777;
    private static final long ROOT_NUMBER = 1;

    private final FileClock clock;
    private final Quota pages;
    private final Quota names;
    private final TmpDirectory root;

    /** Held while names change. */
    private final ReentrantLock naming = new ReentrantLock();

    private long lastNumber = ROOT_NUMBER;

    /**
     * @param maximumBytes of the content of all files, rounded down to pages
     * @param maximumNames of all files and directories, but for the root
     */
    public TmpFileSystem(long maximumBytes, long maximumNames, FileClock clock) {
        this(new Quota(maximumBytes / PAGE_BYTES), new Quota(maximumNames), clock);
    }

    /** One whose files count together with another one's. */
    public TmpFileSystem(TmpFileSystem other) {
        this(other.pages, other.names, other.clock);
    }

    private TmpFileSystem(Quota pages, Quota names, FileClock clock) {
        this.clock = clock;
        this.pages = pages;
        this.names = names;
        root = new TmpDirectory(this, ROOT_NUMBER, ROOT_PERMISSIONS);
        root.addLink();
    }

    long now() {
        return clock.nanos();
    }

    Quota pageQuota() {
        return pages;
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public String type() {
        return "tmpfs";
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public Inode lookup(Inode directory, FileName name) throws FileException {
        return directory(directory).get(name);
    }

    @Override
    public Inode parent(Inode directory) throws FileException {
        return directory(directory).parent();
    }

    @Override
    public Inode create(Inode directory, FileName name, int permissions) throws FileException {
        return make(directory, name, number -> new TmpFile(this, number, permissions));
    }

    @Override
    public Inode makeDirectory(Inode directory, FileName name, int permissions)
            throws FileException {
        return make(directory, name, number -> new TmpDirectory(this, number, permissions));
    }

    @Override
    public Inode makeSymbolicLink(Inode directory, FileName name, byte[] target)
            throws FileException {
        byte[] copy = target.clone();
        return make(directory, name, number -> new TmpLink(this, number, copy));
    }

    /**
     * Makes a character device.
     *
     * @param number as {@code st_rdev} has it
     */
    public Inode makeDevice(Inode directory, FileName name, int permissions, long number)
            throws FileException {
        return make(directory, name, inode -> new TmpDevice(this, inode, permissions, number));
    }

    @FunctionalInterface
    private interface Maker {
        TmpInode make(long number) throws FileException;
    }

    private TmpInode make(Inode directory, FileName name, Maker maker) throws FileException {
        TmpDirectory in = directory(directory);
        naming.lock();
        try {
            requireFree(in, name);
            TmpInode inode = maker.make(++lastNumber);
            inode.inherit(in);
            give(in, name, inode);
            return inode;
        } finally {
            naming.unlock();
        }
    }

    /** Gives a file a free name; if there is no memory for that, nothing has been taken. */
    private void give(TmpDirectory in, FileName name, TmpInode inode) throws FileException {
        inode.addLink();
        boolean isGiven = false;
        try {
            names.take(1);
            try {
                in.put(name, inode);
                isGiven = true;
            } finally {
                names.giveBack(isGiven ? 0 : 1);
            }
        } finally {
            if (!isGiven) {
                inode.removeLink();
            }
        }
    }

    private static void requireFree(TmpDirectory directory, FileName name) throws FileException {
        require(directory.find(name) == null, Errno.EEXIST);
        requireNamed(directory);
    }

    /** A directory that was removed takes no entries, even if somebody has it open. */
    private static void requireNamed(TmpDirectory directory) throws FileException {
        require(directory.attributes().links() > 0, Errno.ENOENT);
    }

    @Override
    public void link(Inode file, Inode directory, FileName name) throws FileException {
        TmpInode inode = own(file);
        TmpDirectory in = directory(directory);
        naming.lock();
        try {
            requireFree(in, name);
            require(!inode.isDirectory(), Errno.EPERM);
            require(inode.attributes().links() > 0, Errno.ENOENT);
            give(in, name, inode);
        } finally {
            naming.unlock();
        }
    }

    @Override
    public void unlink(Inode directory, FileName name) throws FileException {
        TmpDirectory in = directory(directory);
        naming.lock();
        try {
            TmpInode inode = in.get(name);
            require(!inode.isDirectory(), Errno.EISDIR);
            in.remove(name);
            drop(inode);
        } finally {
            naming.unlock();
        }
    }

    @Override
    public void removeDirectory(Inode directory, FileName name) throws FileException {
        TmpDirectory in = directory(directory);
        naming.lock();
        try {
            TmpDirectory removed = directory(in.get(name));
            require(removed.isEmpty(), Errno.ENOTEMPTY);
            in.remove(name);
            drop(removed);
        } finally {
            naming.unlock();
        }
    }

    /** One of its names is gone. */
    private void drop(TmpInode inode) {
        inode.removeLink();
        names.giveBack(1);
    }

    @Override
    public void rename(Inode fromDirectory, FileName from, Inode toDirectory, FileName to)
            throws FileException {
        TmpDirectory source = directory(fromDirectory);
        TmpDirectory target = directory(toDirectory);
        naming.lock();
        try {
            TmpInode inode = source.get(from);
            TmpInode replaced = target.find(to);
            require(!isAtOrAbove(inode, target), Errno.EINVAL);
            require(replaced == null || !isAtOrAbove(replaced, source), Errno.ENOTEMPTY);
            if (replaced == inode) {
                return;
            }
            requireNamed(target);
            if (replaced != null) {
                requireReplaceable(replaced, inode);
            }
            target.put(to, inode);
            source.remove(from);
            inode.touchChanged();
            if (replaced != null) {
                drop(replaced);
            }
        } finally {
            naming.unlock();
        }
    }

    /**
     * Renames an entry of the root, unless the new name is no longer a certain file's.
     *
     * @param expected what is to have the new name up to then; null for nothing
     * @return whether it was
     */
    final boolean renameInPlaceOf(Inode expected, FileName from, FileName to) throws FileException {
        naming.lock();
        try {
            boolean isExpected = root.find(to) == expected;
            if (isExpected) {
                rename(root, from, root, to);
            }
            return isExpected;
        } finally {
            naming.unlock();
        }
    }

    private void requireReplaceable(TmpInode replaced, TmpInode by) throws FileException {
        if (by.isDirectory()) {
            require(directory(replaced).isEmpty(), Errno.ENOTEMPTY);
        } else {
            require(!replaced.isDirectory(), Errno.EISDIR);
        }
    }

    /** Whether a directory is another one, or that one is somewhere below it. */
    private boolean isAtOrAbove(TmpInode inode, TmpDirectory directory) {
        TmpDirectory at = directory;
        while (at != inode && at != root) {
            at = at.parent();
        }
        return at == inode;
    }

    @Override
    public byte[] readLink(Inode link) throws FileException {
        if (own(link) instanceof TmpLink found) {
            return found.target();
        }
        throw new FileException(Errno.EINVAL);
    }

    @Override
    public DirectoryEntry nextEntry(Inode directory, long cookie) throws FileException {
        return directory(directory).next(cookie);
    }

    @Override
    public Attributes attributes(Inode inode) {
        return own(inode).attributes();
    }

    @Override
    public void setAttributes(Inode inode, AttributeChange change) {
        own(inode).change(change);
    }

    @Override
    public int read(Inode file, long position, ByteBuffer to) throws FileException {
        return file(file).read(position, to);
    }

    @Override
    public int write(Inode file, long position, ByteBuffer from) throws FileException {
        return file(file).write(position, from);
    }

    @Override
    public long append(Inode file, ByteBuffer from) throws FileException {
        return file(file).append(from);
    }

    @Override
    public void truncate(Inode file, long size) throws FileException {
        file(file).truncate(size);
    }

    /** There is nowhere to bring it to. */
    @Override
    public void sync(Inode inode, boolean onlyData) {
        own(inode);
    }

    @Override
    public byte[] extendedAttribute(Inode inode, byte[] name) throws FileException {
        return own(inode).extendedAttribute(name);
    }

    @Override
    public void setExtendedAttribute(Inode inode, byte[] name, byte[] value) throws FileException {
        own(inode).setExtendedAttribute(name, value);
    }

    @Override
    public byte[][] extendedAttributes(Inode inode) {
        return own(inode).extendedAttributes();
    }

    @Override
    public FileSystemStatistics statistics() {
        return new FileSystemStatistics(
                PAGE_BYTES,
                pages.limit(),
                pages.free(),
                names.limit(),
                names.free(),
                FileName.MAXIMUM_BYTES);
    }

    @Override
    public void retain(Inode inode) throws FileException {
        require(own(inode).retain(), Errno.ENOENT);
    }

    @Override
    public void release(Inode inode) {
        own(inode).release();
    }

    private TmpInode own(Inode inode) {
        if (inode instanceof TmpInode own && own.owner() == this) {
            return own;
        }
        throw new IllegalArgumentException("An inode of another file system: " + inode);
    }

    private TmpDirectory directory(Inode inode) throws FileException {
        if (own(inode) instanceof TmpDirectory directory) {
            return directory;
        }
        throw new FileException(Errno.ENOTDIR);
    }

    private TmpFile file(Inode inode) throws FileException {
        TmpInode own = own(inode);
        require(!own.isDirectory(), Errno.EISDIR);
        if (own instanceof TmpFile file) {
            return file;
        }
        throw new FileException(Errno.EINVAL);
    }

    private static void require(boolean condition, Errno otherwise) throws FileException {
        if (!condition) {
            throw new FileException(otherwise);
        }
    }
}
