package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.folder.FolderInode.Step;
import java.util.List;

/** The names of a shared folder's files: found, given, taken and moved. */
final class Names {
    /** S_ISGID (POSIX, sys/stat.h). */
    private static final int SET_GROUP = 02000;

    private final FolderFileSystem owner;
    private final Handles handles;
    private final HeldFiles held;

    /**
     * @param owner whose files they are
     */
    Names(FolderFileSystem owner, Handles handles, HeldFiles held) {
        this.owner = owner;
        this.handles = handles;
        this.held = held;
    }

    /**
     * What an entry leads to.
     *
     * @param name may be {@code ..}
     * @throws FileException ENOENT
     */
    FolderInode find(FolderInode from, byte[] name) throws FileException {
        return held.with(
                from,
                (by, handle) -> {
                    Found found = handle.session().walk(handle, List.of(name));
                    return adopt(found, new Step(by, name));
                });
    }

    private FolderInode adopt(Found found, Step step) throws FileException {
        Handle handle = found.handle();
        boolean isFound = false;
        try {
            FolderInode inode = inode(found, step);
            isFound = true;
            handles.adopt(inode, handle);
            handles.unpin(inode);
            return inode;
        } finally {
            if (!isFound) {
                handle.session().drop(handle);
            }
        }
    }

    private FolderInode inode(Found found, Step step) throws FileException {
        long number = found.number();
        if (found.kind() != null) {
            return new FolderInode(owner, number, found.kind(), step, found.seen());
        }
        Attributes seen = found.handle().session().attributes(found.handle());
        if (seen.inode() != number) {
            throw new FileException(Errno.ENOENT);
        }
        return new FolderInode(owner, number, seen.kind(), step, seen);
    }

    FolderInode create(FolderInode in, FileName name, int permissions) throws FileException {
        return held.with(
                in,
                (by, to) -> {
                    Found made = to.session().create(to, name, permissions);
                    return made(by, name, made, FileKind.REGULAR);
                });
    }

    FolderInode makeDirectory(FolderInode in, FileName name, int permissions) throws FileException {
        return held.with(
                in,
                (by, to) -> {
                    Found made = makeDirectory(to, name, permissions);
                    return made(by, name, made, FileKind.DIRECTORY);
                });
    }

    /** Servers give it these permissions and no others, also where directories hand one down. */
    private static Found makeDirectory(Handle in, FileName name, int permissions)
            throws FileException {
        int handedDown = in.session().attributes(in).permissions() & SET_GROUP;
        return in.session().makeDirectory(in, name, permissions | handedDown);
    }

    FolderInode makeSymbolicLink(FolderInode in, FileName name, byte[] target)
            throws FileException {
        return held.with(
                in,
                (by, to) -> {
                    Found made = to.session().makeSymbolicLink(to, name, target);
                    return made(by, name, made, FileKind.SYMBOLIC_LINK);
                });
    }

    private FolderInode made(FolderInode in, FileName name, Found made, FileKind kind) {
        Step step = new Step(in, name.bytes());
        FolderInode inode = new FolderInode(owner, made.number(), kind, step, null);
        if (made.handle() != null) {
            handles.adopt(inode, made.handle());
            handles.unpin(inode);
        }
        return inode;
    }

    void link(FolderInode file, FolderInode in, FileName name) throws FileException {
        both(file, in, (handle, to) -> handle.session().link(handle, to, name));
    }

    /** What is done with two files' handles. */
    @FunctionalInterface
    private interface Change {
        void with(Handle first, Handle second) throws FileException;
    }

    private void both(FolderInode first, FolderInode second, Change change) throws FileException {
        held.with(
                first,
                (byFirst, handle) ->
                        held.with(
                                second,
                                (bySecond, other) -> {
                                    change.with(handle, other);
                                    return null;
                                }));
    }

    void remove(FolderInode in, FileName name, boolean isDirectory) throws FileException {
        keepOpen(in, name);
        held.with(
                in,
                (by, handle) -> {
                    handle.session().remove(handle, name, isDirectory);
                    return null;
                });
        handles.dropIdle(in, name.bytes());
    }

    void rename(FolderInode source, FileName from, FolderInode target, FileName to)
            throws FileException {
        keepOpen(target, to);
        both(source, target, (handle, other) -> handle.session().rename(handle, from, other, to));
        handles.dropIdle(target, to.bytes());
    }

    /**
     * The file of a name that is going to be another's or nobody's cannot be opened any more then:
     * if somebody has it, it is opened for all that may come.
     */
    private void keepOpen(FolderInode directory, FileName name) {
        if (held.isEmpty()) {
            return;
        }
        try {
            FolderInode inode = find(directory, name.bytes());
            HeldFile file = held.holdIfRetained(inode);
            if (file != null) {
                try {
                    keepOpen(file);
                } finally {
                    held.letGo(inode);
                }
            }
        } catch (FileException e) {
            // What cannot be opened now cannot be later either.
        }
    }

    private static void keepOpen(HeldFile file) throws FileException {
        file.attributes();
        if (file.kind() == FileKind.REGULAR) {
            file.open(Use.WRITE);
        }
    }
}
