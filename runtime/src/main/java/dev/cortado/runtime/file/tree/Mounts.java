package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which file system is mounted where, and how to step from one into the other. The table is
 * replaced as a whole when it changes, so that stepping takes no lock.
 */
final class Mounts {
    private static final byte[] ROOT_PATH = {'/'};

    private final ReentrantLock changing = new ReentrantLock();
    private final Location root;

    /** By the directory that is covered. */
    private volatile Map<Location, Mount> table = Map.of();

    private long devices = 1;

    Mounts(FileSystem rootFileSystem) {
        boolean isReadOnly = rootFileSystem.isReadOnly();
        Mount mount = new Mount(rootFileSystem, null, ROOT_PATH, devices, isReadOnly);
        root = new Location(mount, rootFileSystem.root());
    }

    Location root() {
        return root;
    }

    /**
     * Covers a directory with a file system.
     *
     * @param path of the directory
     * @throws FileException ENOTDIR; EBUSY if it is the root of another mount
     */
    void mount(Location place, byte[] path, FileSystem fileSystem, boolean readOnly)
            throws FileException {
        place.requireDirectory();
        changing.lock();
        try {
            boolean isRoot = place.inode().equals(place.fileSystem().root());
            if (isRoot || table.containsKey(place)) {
                throw new FileException(Errno.EBUSY);
            }
            place.fileSystem().retain(place.inode());
            Map<Location, Mount> changed = new HashMap<>(table);
            boolean refuses = readOnly || fileSystem.isReadOnly();
            changed.put(place, new Mount(fileSystem, place, path, ++devices, refuses));
            table = Map.copyOf(changed);
        } finally {
            changing.unlock();
        }
    }

    /** All mounts, in the order in which they were made. */
    List<Mount> all() {
        List<Mount> all = new ArrayList<>(table.values());
        all.add(root.mount());
        all.sort(Comparator.comparingLong(Mount::device));
        return all;
    }

    /** Whether a directory is covered, so that it can be neither removed nor renamed. */
    boolean isCovered(Location directory) {
        return table.containsKey(directory);
    }

    /**
     * What a name in a directory stands for.
     *
     * @throws FileException ENOENT, ENOTDIR
     */
    Location child(Location directory, FileName name) throws FileException {
        Inode inode = directory.fileSystem().lookup(directory.inode(), name);
        return top(new Location(directory.mount(), inode));
    }

    /** What covers a directory, or the directory itself. */
    private Location top(Location location) {
        Location at = location;
        while (at.isDirectory()) {
            Mount mount = table.get(at);
            if (mount == null) {
                return at;
            }
            at = new Location(mount, mount.fileSystem().root());
        }
        return at;
    }

    /** What {@code ..} stands for in a directory; in the root of all, that root. */
    Location parent(Location directory) throws FileException {
        Location at = directory;
        while (at.mount().place() != null && at.inode().equals(at.fileSystem().root())) {
            at = at.mount().place();
        }
        return top(new Location(at.mount(), at.fileSystem().parent(at.inode())));
    }
}
