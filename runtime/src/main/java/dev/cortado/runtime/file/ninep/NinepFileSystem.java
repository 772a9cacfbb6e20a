package dev.cortado.runtime.file.ninep;

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
import dev.cortado.runtime.file.ninep.HeldFile.Use;
import dev.cortado.runtime.file.ninep.NameCalls.Walked;
import dev.cortado.runtime.file.ninep.NinepInode.Step;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A folder that a host shares; the package says how far it is what the host has. Beside the errors
 * of its calls it has those of the host, such as EACCES, and EINTR where a thread is interrupted
 * that waits for bytes.
 */
public final class NinepFileSystem implements FileSystem {
    private static final byte[] PARENT = {'.', '.'};

    private final Sessions sessions;
    private final Fids fids;
    private final HeldFiles held;
    private final NinepInode root;
    private volatile boolean isReadOnly;

    /** What is done with a file's fid. */
    @FunctionalInterface
    private interface Call<T> {
        T with(Fid fid) throws FileException;
    }

    /** What is done with a file that the server has open. */
    @FunctionalInterface
    private interface Access<T> {
        T to(HeldFile file) throws FileException;
    }

    private NinepFileSystem(
            Server server, Patience patience, boolean isReadOnly, Consumer<String> problems)
            throws FileException {
        this.isReadOnly = isReadOnly;
        sessions = new Sessions(server, patience, problems);
        fids = new Fids(sessions);
        held = new HeldFiles(fids);
        long number = sessions.current().rootQid().path();
        root = new NinepInode(this, number, FileKind.DIRECTORY, null, null);
    }

    /**
     * Mounts a server's folder.
     *
     * @param isReadOnly to refuse all changes; the server may do so anyway
     * @param problems hears of a server that does not keep to the protocol, or does not answer: a
     *     FileException has no room for what exactly it was
     * @throws FileException what kept it from that
     */
    public static NinepFileSystem mount(
            Server server, Patience patience, boolean isReadOnly, Consumer<String> problems)
            throws FileException {
        return new NinepFileSystem(server, patience, isReadOnly, problems);
    }

    /** Refuses changes from now on, and gives back what nobody uses. */
    public void unmount() {
        isReadOnly = true;
        fids.dropIdle();
    }

    /** How many fids the server has given. */
    int fids() throws FileException {
        return sessions.current().fids();
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public String type() {
        return "9p";
    }

    @Override
    public boolean isReadOnly() {
        return isReadOnly;
    }

    private NinepInode own(Inode inode) {
        if (inode instanceof NinepInode own && own.owner() == this) {
            return own;
        }
        throw new IllegalArgumentException("an inode of another file system");
    }

    private NinepInode ownDirectory(Inode inode) throws FileException {
        NinepInode own = own(inode);
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

    private <T> T with(NinepInode inode, Call<T> call) throws FileException {
        Fid fid = fids.pin(inode);
        try {
            return call.with(fid);
        } finally {
            fids.unpin(inode);
        }
    }

    private <T> T open(NinepInode inode, Access<T> access) throws FileException {
        HeldFile file = held.hold(inode);
        try {
            return access.to(file);
        } finally {
            held.letGo(inode);
        }
    }

    @Override
    public Inode lookup(Inode directory, FileName name) throws FileException {
        return find(ownDirectory(directory), name.bytes());
    }

    @Override
    public Inode parent(Inode directory) throws FileException {
        NinepInode from = ownDirectory(directory);
        if (from.equals(root)) {
            return root;
        }
        NinepInode found = find(from, PARENT);
        NinepInode known = from.step().from();
        // Known by its own name and not by that of what is in it.
        return found.equals(root) ? root : found.equals(known) ? known : found;
    }

    private NinepInode find(NinepInode from, byte[] name) throws FileException {
        Walked walked = with(from, fid -> NameCalls.walk(fid, List.of(name)));
        boolean isFound = false;
        try {
            NinepInode inode = found(walked, new Step(from, name));
            isFound = true;
            fids.adopt(inode, walked.fid());
            fids.unpin(inode);
            return inode;
        } finally {
            if (!isFound) {
                walked.fid().session().drop(walked.fid());
            }
        }
    }

    private NinepInode found(Walked walked, Step step) throws FileException {
        Qid qid = walked.qid();
        if (qid.isDirectory()) {
            return new NinepInode(this, qid.path(), FileKind.DIRECTORY, step, null);
        }
        if (qid.isSymbolicLink()) {
            return new NinepInode(this, qid.path(), FileKind.SYMBOLIC_LINK, step, null);
        }
        // Of others, a qid does not say what they are.
        Attributes seen = AttributeCalls.attributes(walked.fid());
        require(seen.inode() == qid.path(), Errno.ENOENT);
        return new NinepInode(this, qid.path(), seen.kind(), step, seen);
    }

    @Override
    public Inode create(Inode directory, FileName name, int permissions) throws FileException {
        requireWritable();
        NinepInode in = ownDirectory(directory);
        Walked clone = with(in, fid -> NameCalls.walk(fid, List.of()));
        try {
            Qid qid = NameCalls.create(clone.fid(), name, permissions);
            return made(in, name, qid, FileKind.REGULAR);
        } finally {
            clone.fid().session().drop(clone.fid());
        }
    }

    @Override
    public Inode makeDirectory(Inode directory, FileName name, int permissions)
            throws FileException {
        requireWritable();
        NinepInode in = ownDirectory(directory);
        Qid qid = with(in, fid -> NameCalls.makeDirectory(fid, name, permissions));
        return made(in, name, qid, FileKind.DIRECTORY);
    }

    @Override
    public Inode makeSymbolicLink(Inode directory, FileName name, byte[] target)
            throws FileException {
        requireWritable();
        require(target.length <= Request.MOST_TARGET_BYTES, Errno.ENAMETOOLONG);
        NinepInode in = ownDirectory(directory);
        Qid qid = with(in, fid -> NameCalls.makeSymbolicLink(fid, name, target));
        return made(in, name, qid, FileKind.SYMBOLIC_LINK);
    }

    private NinepInode made(NinepInode in, FileName name, Qid qid, FileKind kind) {
        return new NinepInode(this, qid.path(), kind, new Step(in, name.bytes()), null);
    }

    @Override
    public void link(Inode file, Inode directory, FileName name) throws FileException {
        requireWritable();
        NinepInode own = own(file);
        NinepInode in = ownDirectory(directory);
        require(!own.isDirectory(), Errno.EPERM);
        with(
                own,
                fid -> {
                    with(
                            in,
                            to -> {
                                NameCalls.link(fid, to, name);
                                return null;
                            });
                    return null;
                });
    }

    @Override
    public void unlink(Inode directory, FileName name) throws FileException {
        remove(directory, name, false);
    }

    @Override
    public void removeDirectory(Inode directory, FileName name) throws FileException {
        remove(directory, name, true);
    }

    private void remove(Inode directory, FileName name, boolean isDirectory) throws FileException {
        requireWritable();
        NinepInode in = ownDirectory(directory);
        keepOpen(in, name);
        with(
                in,
                fid -> {
                    NameCalls.remove(fid, name, isDirectory);
                    return null;
                });
    }

    @Override
    public void rename(Inode fromDirectory, FileName from, Inode toDirectory, FileName to)
            throws FileException {
        requireWritable();
        NinepInode source = ownDirectory(fromDirectory);
        NinepInode target = ownDirectory(toDirectory);
        keepOpen(target, to);
        with(
                source,
                fid -> {
                    with(
                            target,
                            toFid -> {
                                NameCalls.rename(fid, from, toFid, to);
                                return null;
                            });
                    return null;
                });
    }

    /**
     * The file of a name that is going to be another's or nobody's cannot be opened any more then:
     * if somebody has it, it is opened for all that may come.
     */
    private void keepOpen(NinepInode directory, FileName name) {
        if (held.isEmpty()) {
            return;
        }
        try {
            HeldFile file = held.get(find(directory, name.bytes()));
            if (file != null) {
                file.attributes();
                if (file.inode().kind() == FileKind.REGULAR) {
                    file.open(Use.WRITE);
                }
            }
        } catch (FileException e) {
            // What cannot be opened now cannot be later either.
        }
    }

    @Override
    public byte[] readLink(Inode link) throws FileException {
        require(own(link).kind() == FileKind.SYMBOLIC_LINK, Errno.EINVAL);
        return with(own(link), NameCalls::readLink);
    }

    @Override
    public DirectoryEntry nextEntry(Inode directory, long cookie) throws FileException {
        return open(
                ownDirectory(directory), file -> file.listing().next(file.open(Use.READ), cookie));
    }

    @Override
    public Attributes attributes(Inode inode) throws FileException {
        NinepInode own = own(inode);
        HeldFile file = held.get(own);
        if (file != null) {
            return file.attributes();
        }
        Attributes now = with(own, AttributeCalls::attributes);
        require(now.inode() == own.number() && now.kind() == own.kind(), Errno.ENOENT);
        return now;
    }

    @Override
    public void setAttributes(Inode inode, AttributeChange change) throws FileException {
        requireWritable();
        NinepInode own = own(inode);
        HeldFile file = held.get(own);
        if (file == null) {
            with(own, fid -> change(fid, change));
            return;
        }
        Fid fid = file.anyFid();
        file.look(fid);
        change(fid, change);
    }

    private static Void change(Fid fid, AttributeChange change) throws FileException {
        AttributeCalls.change(fid, change);
        return null;
    }

    private NinepInode ownRegular(Inode inode) throws FileException {
        NinepInode own = own(inode);
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
        NinepInode own = own(inode);
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
        return AttributeCalls.statistics(sessions.current().root());
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
        return with(own(inode), fid -> ExtendedCalls.read(fid, name));
    }

    /** A value without bytes would be none: EOPNOTSUPP. */
    @Override
    public void setExtendedAttribute(Inode inode, byte[] name, byte[] value) throws FileException {
        requireWritable();
        require(name.length > 0, Errno.ERANGE);
        require(value == null || value.length > 0, Errno.EOPNOTSUPP);
        Walked clone = with(own(inode), fid -> NameCalls.walk(fid, List.of()));
        ExtendedCalls.write(clone.fid(), name, value == null ? new byte[0] : value);
    }

    @Override
    public byte[][] extendedAttributes(Inode inode) throws FileException {
        byte[] all = with(own(inode), fid -> ExtendedCalls.read(fid, new byte[0]));
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
