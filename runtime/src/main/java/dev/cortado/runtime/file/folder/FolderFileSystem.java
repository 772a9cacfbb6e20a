package dev.cortado.runtime.file.folder;

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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A folder that a host shares; the package says how far it is what the host has. Beside the errors
 * of its calls it has those of the host, such as EACCES, and EINTR where a thread is interrupted
 * that waits for bytes, if the protocol can take back what it has asked for.
 */
public final class FolderFileSystem implements FileSystem {
    private static final byte[] PARENT = {'.', '.'};

    /** Of a target of a symbolic link (Linux, PATH_MAX). */
    private static final int MOST_TARGET_BYTES = 4096;

    private final Protocol protocol;
    private final Sessions sessions;
    private final Handles handles;
    private final HeldFiles held;
    private final Names names;
    private final FolderInode root;
    private volatile boolean isReadOnly;

    /** What is done with a file that the server has open. */
    @FunctionalInterface
    private interface Access<T> {
        T to(HeldFile file) throws FileException;
    }

    private FolderFileSystem(
            Protocol protocol,
            Server server,
            Patience patience,
            boolean isReadOnly,
            Consumer<String> problems)
            throws FileException {
        this.protocol = protocol;
        this.isReadOnly = isReadOnly;
        sessions = new Sessions(protocol, server, patience, problems);
        handles = new Handles(sessions);
        held = new HeldFiles(handles);
        names = new Names(this, handles, held);
        long number = sessions.current().rootNumber();
        root = new FolderInode(this, number, FileKind.DIRECTORY, null, null);
    }

    /**
     * Mounts a server's folder.
     *
     * @param isReadOnly to refuse all changes; the server may do so anyway
     * @param problems hears of a server that does not keep to the protocol, or does not answer: a
     *     FileException has no room for what exactly it was
     * @throws FileException what kept it from that
     */
    public static FolderFileSystem mount(
            Protocol protocol,
            Server server,
            Patience patience,
            boolean isReadOnly,
            Consumer<String> problems)
            throws FileException {
        return new FolderFileSystem(protocol, server, patience, isReadOnly, problems);
    }

    /** Refuses changes from now on, and gives back what nobody uses. */
    public void unmount() {
        isReadOnly = true;
        handles.dropIdle();
    }

    /**
     * How many handles the server has given that it was not given back, and files that are open.
     */
    public int handles() throws FileException {
        return sessions.current().handles();
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public String type() {
        return protocol.type();
    }

    @Override
    public boolean isReadOnly() {
        return isReadOnly;
    }

    private FolderInode own(Inode inode) {
        if (inode instanceof FolderInode own && own.owner() == this) {
            return own;
        }
        throw new IllegalArgumentException("an inode of another file system");
    }

    private FolderInode ownDirectory(Inode inode) throws FileException {
        FolderInode own = own(inode);
        require(own.isDirectory(), Errno.ENOTDIR);
        return own;
    }

    private static void require(boolean condition, Errno otherwise) throws FileException {
        if (!condition) {
            throw new FileException(otherwise);
        }
    }

    private void requireWritable() throws FileException {
        require(!isReadOnly, Errno.EROFS);
    }

    private <T> T open(FolderInode inode, Access<T> access) throws FileException {
        HeldFile file = held.hold(inode);
        try {
            return access.to(file);
        } finally {
            held.letGo(inode);
        }
    }

    @Override
    public Inode lookup(Inode directory, FileName name) throws FileException {
        return names.find(ownDirectory(directory), name.bytes());
    }

    @Override
    public Inode parent(Inode directory) throws FileException {
        FolderInode from = ownDirectory(directory);
        if (from.equals(root)) {
            return root;
        }
        FolderInode found = names.find(from, PARENT);
        FolderInode known = from.step().from();
        // Known by its own name and not by that of what is in it.
        return found.equals(root) ? root : found.equals(known) ? known : found;
    }

    @Override
    public Inode create(Inode directory, FileName name, int permissions) throws FileException {
        requireWritable();
        return names.create(ownDirectory(directory), name, permissions);
    }

    @Override
    public Inode makeDirectory(Inode directory, FileName name, int permissions)
            throws FileException {
        requireWritable();
        return names.makeDirectory(ownDirectory(directory), name, permissions);
    }

    @Override
    public Inode makeSymbolicLink(Inode directory, FileName name, byte[] target)
            throws FileException {
        requireWritable();
        require(target.length <= MOST_TARGET_BYTES, Errno.ENAMETOOLONG);
        return names.makeSymbolicLink(ownDirectory(directory), name, target);
    }

    @Override
    public void link(Inode file, Inode directory, FileName name) throws FileException {
        requireWritable();
        FolderInode own = own(file);
        require(!own.isDirectory(), Errno.EPERM);
        names.link(own, ownDirectory(directory), name);
    }

    @Override
    public void unlink(Inode directory, FileName name) throws FileException {
        requireWritable();
        names.remove(ownDirectory(directory), name, false);
    }

    @Override
    public void removeDirectory(Inode directory, FileName name) throws FileException {
        requireWritable();
        names.remove(ownDirectory(directory), name, true);
    }

    @Override
    public void rename(Inode fromDirectory, FileName from, Inode toDirectory, FileName to)
            throws FileException {
        requireWritable();
        names.rename(ownDirectory(fromDirectory), from, ownDirectory(toDirectory), to);
    }

    @Override
    public byte[] readLink(Inode link) throws FileException {
        require(own(link).kind() == FileKind.SYMBOLIC_LINK, Errno.EINVAL);
        return held.with(own(link), (by, handle) -> handle.session().readLink(handle));
    }

    @Override
    public DirectoryEntry nextEntry(Inode directory, long cookie) throws FileException {
        return open(
                ownDirectory(directory), file -> file.listing().next(file.open(Use.READ), cookie));
    }

    @Override
    public Attributes attributes(Inode inode) throws FileException {
        FolderInode own = own(inode);
        HeldFile file = held.holdIfRetained(own);
        if (file != null) {
            try {
                return file.attributes();
            } finally {
                held.letGo(own);
            }
        }
        Attributes now = handles.with(own, handle -> handle.session().attributes(handle));
        require(now.inode() == own.number() && now.kind() == own.kind(), Errno.ENOENT);
        return now;
    }

    @Override
    public void setAttributes(Inode inode, AttributeChange change) throws FileException {
        requireWritable();
        FolderInode own = own(inode);
        HeldFile file = held.holdIfRetained(own);
        if (file != null) {
            try {
                file.change(Use.READ, handle -> handle.session().change(handle, change));
            } finally {
                held.letGo(own);
            }
            return;
        }
        handles.with(
                own,
                handle -> {
                    handle.session().change(handle, change);
                    return null;
                });
    }

    private FolderInode ownRegular(Inode inode) throws FileException {
        FolderInode own = own(inode);
        require(!own.isDirectory(), Errno.EISDIR);
        require(own.kind() == FileKind.REGULAR, Errno.EINVAL);
        return own;
    }

    @Override
    public int read(Inode inode, long position, ByteBuffer to) throws FileException {
        return open(ownRegular(inode), file -> HeldContent.read(file, position, to));
    }

    @Override
    public int write(Inode inode, long position, ByteBuffer from) throws FileException {
        requireWritable();
        return open(ownRegular(inode), file -> HeldContent.write(file, position, from));
    }

    @Override
    public long append(Inode inode, ByteBuffer from) throws FileException {
        requireWritable();
        return open(ownRegular(inode), file -> HeldContent.append(file, from));
    }

    @Override
    public void truncate(Inode inode, long size) throws FileException {
        requireWritable();
        open(
                ownRegular(inode),
                file -> {
                    HeldContent.truncate(file, size);
                    return null;
                });
    }

    /** There is nothing here that the host has not; so it is the host's own disk. */
    @Override
    public void sync(Inode inode, boolean onlyData) throws FileException {
        FolderInode own = own(inode);
        if (own.isDirectory() || own.kind() == FileKind.REGULAR) {
            open(
                    own,
                    file -> {
                        HeldContent.sync(file, onlyData);
                        return null;
                    });
        }
    }

    @Override
    public FileSystemStatistics statistics() throws FileException {
        return sessions.current().statistics();
    }

    @Override
    public void retain(Inode inode) throws FileException {
        held.hold(own(inode));
    }

    @Override
    public void release(Inode inode) {
        held.letGo(own(inode));
    }

    @Override
    public byte[] extendedAttribute(Inode inode, byte[] name) throws FileException {
        require(name.length > 0, Errno.ERANGE);
        return held.with(
                own(inode), (by, handle) -> handle.session().extendedAttribute(handle, name));
    }

    @Override
    public void setExtendedAttribute(Inode inode, byte[] name, byte[] value) throws FileException {
        requireWritable();
        require(name.length > 0, Errno.ERANGE);
        held.with(
                own(inode),
                (by, handle) -> {
                    handle.session().setExtendedAttribute(handle, name, value);
                    return null;
                });
    }

    @Override
    public byte[][] extendedAttributes(Inode inode) throws FileException {
        byte[] all =
                held.with(own(inode), (by, handle) -> handle.session().extendedAttributes(handle));
        List<byte[]> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == 0) {
                names.add(Arrays.copyOfRange(all, start, i));
                start = i + 1;
            }
        }
        return names.toArray(byte[][]::new);
    }
}
