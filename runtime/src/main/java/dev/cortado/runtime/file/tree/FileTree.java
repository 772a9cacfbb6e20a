package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.device.Devices;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.PathWalk.Last;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The calls that take paths. A path is bytes, as a program gave them; where it does not begin with
 * a slash, it begins in the directory that is open as {@code base}, or in the root if {@code base}
 * is null: programs cannot change the working directory, which is the root.
 *
 * <p>What each call may fail with is on its manual page; what can go wrong in any path, in {@link
 * PathWalk}. Each says the path that it is about; of two, the first.
 */
public final class FileTree {
    /** For {@link #access}: R_OK, W_OK and X_OK (POSIX, unistd.h); 0 asks whether it is there. */
    public static final int MAY_READ = 4;

    public static final int MAY_WRITE = 2;
    public static final int MAY_EXECUTE = 1;
    private static final int MAY_ALL = 7;
    private static final int ANY_EXECUTE_PERMISSION = 0111;

    private final Mounts mounts;
    private final FileOpening opening;
    private final Watches watches = new Watches();
    private final OpenNames openNames = new OpenNames(watches);
    private final Naming naming;

    /**
     * @param mask permissions that new files do not get (POSIX, umask)
     */
    public FileTree(FileSystem root, int mask) {
        this(root, mask, Devices.NONE);
    }

    /**
     * @param mask permissions that new files do not get (POSIX, umask)
     * @param devices that can be opened
     */
    public FileTree(FileSystem root, int mask, Devices devices) {
        this.mounts = new Mounts(root);
        opening = new FileOpening(mask, devices, watches, openNames);
        naming = new Naming(mounts, watches, openNames, mask);
    }

    /**
     * Covers a directory with a file system.
     *
     * @param readOnly refuses all changes, even if the file system would take them
     */
    public void mount(byte[] path, FileSystem fileSystem, boolean readOnly) throws FileException {
        try {
            PathWalk walk = walk(null, path);
            Location place = walk.resolve(true);
            mounts.mount(place, real(walk), fileSystem, readOnly);
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    /** What is mounted, the root first. */
    public List<MountEntry> mounts() {
        List<MountEntry> entries = new ArrayList<>();
        for (Mount mount : mounts.all()) {
            entries.add(mount.entry());
        }
        return entries;
    }

    /**
     * Opens a file, which the caller closes.
     *
     * @param flags {@link OpenFlags}
     * @param permissions of the file, if it is made; see also the mask
     */
    public OpenFile open(OpenFile base, byte[] path, int flags, int permissions)
            throws FileException {
        try {
            OpenFlags checked = new OpenFlags(flags);
            return opening.open(walk(base, path), checked, permissions);
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    /**
     * @param follows whether it is about a symbolic link's target and not the link
     */
    public Attributes attributes(OpenFile base, byte[] path, boolean follows) throws FileException {
        try {
            Location found = walk(base, path).resolve(follows);
            return found.fileSystem().attributes(found.inode()).onDevice(found.mount().device());
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    /** As above; EOPNOTSUPP for the permissions of a symbolic link. */
    public void setAttributes(OpenFile base, byte[] path, boolean follows, AttributeChange change)
            throws FileException {
        try {
            PathWalk walk = walk(base, path);
            Location found = walk.resolve(follows);
            found.requireWritable();
            if (PathWalk.isLink(found) && change.permissions() != AttributeChange.KEEP) {
                throw new FileException(Errno.EOPNOTSUPP);
            }
            found.fileSystem().setAttributes(found.inode(), change);
            watches.modified(walk, found);
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    /**
     * Whether a file is there and the program may do something with it; throws if not.
     *
     * @param wanted a set of {@link #MAY_READ}, {@link #MAY_WRITE}, {@link #MAY_EXECUTE}
     * @throws FileException EACCES if nobody may execute it; EROFS, but for what is written to
     *     somewhere else than in its file system, such as a device or a pipe
     */
    public void access(OpenFile base, byte[] path, int wanted) throws FileException {
        try {
            require((wanted & ~MAY_ALL) == 0, Errno.EINVAL);
            Location found = walk(base, path).resolve(true);
            boolean isStored = found.isDirectory() || found.inode().kind() == FileKind.REGULAR;
            if ((wanted & MAY_WRITE) != 0 && isStored) {
                found.requireWritable();
            }
            if ((wanted & MAY_EXECUTE) != 0 && !found.isDirectory()) {
                Attributes attributes = found.fileSystem().attributes(found.inode());
                require((attributes.permissions() & ANY_EXECUTE_PERMISSION) != 0, Errno.EACCES);
            }
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    public void truncate(OpenFile base, byte[] path, long size) throws FileException {
        try {
            require(size >= 0, Errno.EINVAL);
            PathWalk walk = walk(base, path);
            Location found = walk.resolve(true);
            require(!found.isDirectory(), Errno.EISDIR);
            require(found.inode().kind() == FileKind.REGULAR, Errno.EINVAL);
            found.requireWritable();
            found.fileSystem().retain(found.inode());
            try {
                found.contents().truncate(found.inode(), size);
                watches.modified(walk, found);
            } finally {
                found.fileSystem().release(found.inode());
            }
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    public void makeDirectory(OpenFile base, byte[] path, int permissions) throws FileException {
        try {
            naming.makeDirectory(walk(base, path), permissions);
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    public void makeSymbolicLink(byte[] target, OpenFile base, byte[] path) throws FileException {
        try {
            require(target.length > 0, Errno.ENOENT);
            require(target.length <= PathWalk.MAXIMUM_BYTES, Errno.ENAMETOOLONG);
            naming.makeSymbolicLink(target, walk(base, path));
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    /** Gives a file one more name; of a symbolic link it is the link that gets it. */
    public void link(OpenFile base, byte[] path, OpenFile newBase, byte[] newPath)
            throws FileException {
        try {
            Location file = walk(base, path).resolve(false);
            naming.link(file, walk(newBase, newPath));
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    /** Takes a name from what is no directory. */
    public void unlink(OpenFile base, byte[] path) throws FileException {
        try {
            naming.unlink(walk(base, path));
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    /** Removes an empty directory. */
    public void removeDirectory(OpenFile base, byte[] path) throws FileException {
        try {
            naming.removeDirectory(walk(base, path));
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    public void rename(OpenFile base, byte[] path, OpenFile newBase, byte[] newPath)
            throws FileException {
        try {
            naming.rename(walk(base, path), walk(newBase, newPath));
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    /**
     * Watches a directory until {@link #unwatch}, or until it is removed.
     *
     * @param kinds what the watcher wants to hear of: CREATE, DELETE, MODIFY
     * @return for the same watcher and directory always the same, with the kinds of the last call
     */
    public Watch watch(OpenFile base, byte[] path, Watcher watcher, Set<FileEvent.Kind> kinds)
            throws FileException {
        try {
            Location found = walk(base, path).resolve(true);
            found.requireDirectory();
            return watches.add(found, watcher, kinds);
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    /** Does nothing if the watch is over. */
    public void unwatch(Watch watch) {
        watches.remove(watch);
    }

    public byte[] readLink(OpenFile base, byte[] path) throws FileException {
        try {
            Location found = walk(base, path).resolve(false);
            require(PathWalk.isLink(found), Errno.EINVAL);
            return found.fileSystem().readLink(found.inode()).clone();
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    /** The path from the root to a file that exists, without links, dots and needless slashes. */
    public byte[] realPath(byte[] path) throws FileException {
        try {
            byte[] real = path.length > PathWalk.MAXIMUM_BYTES ? shortened(path) : path;
            PathWalk walk = walk(null, real);
            walk.resolve(true);
            return real(walk);
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    /**
     * Without needless slashes and dots: realpath(3) takes one part after the other, and how long
     * all are together does not matter to it.
     */
    private static byte[] shortened(byte[] path) {
        byte[] kept = new byte[path.length];
        int count = 0;
        int at = 0;
        while (at < path.length) {
            int end = at;
            while (end < path.length && path[end] != '/') {
                end++;
            }
            boolean isDot = end == at + 1 && path[at] == '.';
            if (!isDot) {
                System.arraycopy(path, at, kept, count, end - at);
                count += end - at;
            }
            boolean isNeeded = count > 0 ? kept[count - 1] != '/' : end == 0;
            if (end < path.length && isNeeded) {
                kept[count++] = '/';
            }
            at = end + 1;
        }
        return count == 0 ? new byte[] {'.'} : Arrays.copyOf(kept, count);
    }

    private static byte[] real(PathWalk walk) throws FileException {
        List<FileName> names = new ArrayList<>(walk.names());
        if (walk.last() == Last.NAME) {
            names.add(walk.name());
        } else if (walk.last() == Last.DOT_DOT && !names.isEmpty()) {
            names.removeLast();
        }
        return PathText.join(names);
    }

    /** About the file system that a path leads into. */
    public FileSystemStatistics statistics(byte[] path) throws FileException {
        try {
            return walk(null, path).resolve(true).fileSystem().statistics();
        } catch (FileException e) {
            throw e.about(path);
        }
    }

    private PathWalk walk(OpenFile base, byte[] path) throws FileException {
        PathWalk.requirePath(path);
        boolean isAbsolute = path[0] == '/';
        Location start = base == null || isAbsolute ? mounts.root() : location(base);
        return new PathWalk(mounts, start, path);
    }

    private static Location location(OpenFile base) throws FileException {
        require(!base.isClosed(), Errno.EBADF);
        if (base instanceof DirectoryFile directory) {
            return directory.location();
        }
        throw new FileException(Errno.ENOTDIR);
    }

    private static void require(boolean condition, Errno otherwise) throws FileException {
        if (!condition) {
            throw new FileException(otherwise);
        }
    }
}
