package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.cache.PageCache;
import dev.cortado.runtime.file.storage.cache.PagedFile;
import java.nio.ByteBuffer;
import java.util.List;

/** A mounted ext4 file system. */
public final class Ext4FileSystem implements FileSystem {
    private final Volume volume;
    private final PageCache pages;
    private final InodeCache cache;
    private final Eraser eraser;
    private final Names names;
    private final Content content;
    private final DirectContent directContent;
    private final InodeAttributes attributes;
    private final NamelessInodes nameless;
    private final Statistics statistics;
    private final Ext4Mount mount;
    private final UnmountEnd unmountEnd = new UnmountEnd();
    private final Ext4Inode root;

    Ext4FileSystem(Volume volume, PageCache pages, Ext4Mount mount) throws FileException {
        this.volume = volume;
        this.mount = mount;
        this.pages = pages;
        cache = new InodeCache(volume, pages);
        eraser = new Eraser(volume);
        names = new Names(volume, cache);
        content = new Content(volume, eraser);
        directContent = new DirectContent(volume, content);
        attributes = new InodeAttributes(volume, eraser);
        nameless = new NamelessInodes(volume, cache, attributes, eraser);
        statistics = new Statistics(volume);
        root = volume.read(() -> cache.get(Geometry.ROOT_INODE, Geometry.ROOT_INODE));
        if (!root.isDirectory()) {
            throw new FileException(Errno.EUCLEAN, "the root is no directory");
        }
    }

    /**
     * Mounts what is on a device. A journal that is not empty is replayed first, even if nothing
     * else is to be written.
     *
     * @throws FileException EINVAL if there is no ext4 file system, or one with numbers that cannot
     *     be, or with a feature that is not supported, or not with these options; EUCLEAN if it is
     *     damaged; EROFS, EIO; the message says on which device, and what
     */
    public static Ext4FileSystem mount(Storage storage, MountOptions options) throws FileException {
        return Ext4Mount.mount(storage, options);
    }

    /**
     * Writes all, empties the journal and says on the disk that it was unmounted. It can be read
     * after that, but not changed. What has no name any more is erased, whoever retains it: what
     * cannot be erased is so by the next mount.
     *
     * @throws FileException EIO: the next mount does what is left to be done
     */
    public void unmount() throws FileException {
        if (volume.isReadOnly()) {
            volume.store().close();
            return;
        }
        boolean isWritten = false;
        unmountEnd.begin();
        try {
            nameless.eraseAllAndEnd();
            pages.writeAll();
            mount.end(volume);
            isWritten = true;
        } finally {
            unmountEnd.end(isWritten);
        }
    }

    /** Goes on with what was not done when the file system was last unmounted, or never was. */
    void eraseOrphans() throws FileException {
        for (long number : orphans()) {
            try {
                eraser.finish(number);
            } catch (FileException e) {
                volume.tell(e);
            }
        }
    }

    /** Damage to the list does with the mount what damage does: no more is known of them then. */
    private List<Long> orphans() throws FileException {
        try {
            return volume.read(() -> volume.orphans().all());
        } catch (FileException e) {
            if (e.errno() != Errno.EUCLEAN) {
                throw e;
            }
            return List.of();
        }
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public String type() {
        return "ext4";
    }

    @Override
    public boolean isReadOnly() {
        return volume.isReadOnly();
    }

    /** What is said of its device and its format. */
    public Geometry geometry() {
        return volume.geometry();
    }

    @Override
    public Inode lookup(Inode directory, FileName name) throws FileException {
        return names.lookup(directory(directory), name);
    }

    @Override
    public Inode parent(Inode directory) throws FileException {
        return names.parent(directory(directory));
    }

    @Override
    public int mask(Inode directory, int ofProgram) throws FileException {
        return names.hasDefaultList(directory(directory)) ? 0 : ofProgram;
    }

    @Override
    public Inode create(Inode directory, FileName name, int permissions) throws FileException {
        return names.create(directory(directory), name, permissions);
    }

    @Override
    public Inode makeDirectory(Inode directory, FileName name, int permissions)
            throws FileException {
        return names.makeDirectory(directory(directory), name, permissions);
    }

    @Override
    public Inode makeSymbolicLink(Inode directory, FileName name, byte[] target)
            throws FileException {
        return names.makeSymbolicLink(directory(directory), name, target);
    }

    @Override
    public void link(Inode file, Inode directory, FileName name) throws FileException {
        names.link(own(file), directory(directory), name);
    }

    @Override
    public void unlink(Inode directory, FileName name) throws FileException {
        Ext4Inode in = directory(directory);
        Ext4Inode file;
        try {
            file = names.unlink(in, name, nameless::eraseAtOnce);
        } catch (NamelessInodes.NotAtOnceException e) {
            // What cannot be erased has no name any more nevertheless.
            file = names.unlink(in, name, (change, inode) -> false);
        }
        nameless.eraseIfLeft(file);
    }

    @Override
    public void removeDirectory(Inode directory, FileName name) throws FileException {
        nameless.eraseIfLeft(names.removeDirectory(directory(directory), name));
    }

    @Override
    public void rename(Inode fromDirectory, FileName from, Inode toDirectory, FileName to)
            throws FileException {
        Ext4Inode replaced =
                new Rename(
                                volume,
                                names,
                                directory(fromDirectory),
                                from,
                                directory(toDirectory),
                                to)
                        .run();
        if (replaced != null) {
            nameless.eraseIfLeft(replaced);
        }
    }

    @Override
    public byte[] readLink(Inode link) throws FileException {
        Ext4Inode inode = own(link);
        if (inode.kind() != FileKind.SYMBOLIC_LINK) {
            throw new FileException(Errno.EINVAL);
        }
        byte[] target =
                volume.read(() -> {
                    inode.requireThere();
                    return new SymbolicLinks(volume).read(inode.stored());
                });
        attributes.touchAccessed(inode);
        return target;
    }

    @Override
    public DirectoryEntry nextEntry(Inode directory, long cookie) throws FileException {
        Ext4Inode inode = directory(directory);
        DirectoryEntry entry = names.next(inode, cookie);
        if (cookie == DirectoryEntry.START) {
            attributes.touchAccessed(inode);
        }
        return entry;
    }

    @Override
    public Attributes attributes(Inode inode) throws FileException {
        return attributes.get(own(inode));
    }

    @Override
    public void setAttributes(Inode inode, AttributeChange change) throws FileException {
        attributes.set(own(inode), change);
    }

    @Override
    public int read(Inode file, long position, ByteBuffer to) throws FileException {
        Ext4Inode inode = file(file);
        return attributes.accessed(inode, content.read(inode, position, to));
    }

    @Override
    public int write(Inode file, long position, ByteBuffer from) throws FileException {
        return content.write(file(file), position, from);
    }

    @Override
    public int readDirect(Inode file, long position, ByteBuffer to) throws FileException {
        Ext4Inode inode = file(file);
        return attributes.accessed(inode, directContent.read(inode, position, to));
    }

    @Override
    public int writeDirect(Inode file, long position, ByteBuffer from) throws FileException {
        return directContent.write(file(file), position, from);
    }

    @Override
    public long append(Inode file, ByteBuffer from) throws FileException {
        return content.append(file(file), from);
    }

    @Override
    public void truncate(Inode file, long size) throws FileException {
        content.truncate(file(file), size);
    }

    @Override
    public long nextData(Inode file, long position) throws FileException {
        return content.nextData(file(file), position);
    }

    @Override
    public long maximumSize(Inode file) throws FileException {
        Ext4Inode inode = file(file);
        return volume.read(() -> {
            inode.requireThere();
            return inode.stored().maximumSize();
        });
    }

    @Override
    public void sync(Inode inode, boolean onlyData) throws FileException {
        Ext4Inode own = own(inode);
        PagedFile content = own.knownContent();
        if (volume.hasFailed()) {
            throw new FileException(Errno.EROFS);
        }
        if (volume.isReadOnly()) {
            unmountEnd.await();
            if (content != null) {
                content.sync(); // tells of what could not be written
            }
            return;
        }
        own.requireThere();
        if (content != null) {
            content.sync();
        }
        if (!volume.store().commit(own.changedIn(onlyData))) {
            volume.storage().flush();
        }
    }

    /** Returns when all that was changed before this call is on the disk. */
    public void syncAll() throws FileException {
        if (volume.isReadOnly()) {
            unmountEnd.await();
            return;
        }
        pages.writeAll();
        if (!volume.store().commit(volume.store().transaction())) {
            volume.storage().flush();
        }
    }

    @Override
    public byte[] extendedAttribute(Inode inode, byte[] name) throws FileException {
        return attributes.extended(own(inode), name);
    }

    @Override
    public void setExtendedAttribute(Inode inode, byte[] name, byte[] value) throws FileException {
        attributes.setExtended(own(inode), name, value);
    }

    @Override
    public byte[][] extendedAttributes(Inode inode) throws FileException {
        return attributes.extended(own(inode));
    }

    @Override
    public FileSystemStatistics statistics() throws FileException {
        return statistics.get();
    }

    @Override
    public void retain(Inode inode) throws FileException {
        Ext4Inode own = own(inode);
        volume.read(() -> {
            boolean isGone = own.last() != null || own.isLeaving();
            if (isGone && !own.isDirectory()) {
                throw new FileException(Errno.ENOENT);
            }
            own.retain();
            return null;
        });
    }

    @Override
    public void release(Inode inode) {
        Ext4Inode own = own(inode);
        volume.locked(own::release);
        nameless.eraseIfLeft(own);
    }

    private Ext4Inode own(Inode inode) {
        if (inode instanceof Ext4Inode own && own.volume() == volume) {
            return own;
        }
        throw new IllegalArgumentException("An inode of another file system: " + inode);
    }

    private Ext4Inode directory(Inode inode) throws FileException {
        Ext4Inode own = own(inode);
        if (!own.isDirectory()) {
            throw new FileException(Errno.ENOTDIR);
        }
        return own;
    }

    private Ext4Inode file(Inode inode) throws FileException {
        Ext4Inode own = own(inode);
        if (own.isDirectory()) {
            throw new FileException(Errno.EISDIR);
        }
        if (own.kind() != FileKind.REGULAR) {
            throw new FileException(Errno.EINVAL);
        }
        return own;
    }
}
