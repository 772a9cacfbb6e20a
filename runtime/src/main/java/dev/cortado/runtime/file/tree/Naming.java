package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.tree.OpenNames.Place;
import dev.cortado.runtime.file.tree.PathWalk.Last;

/**
 * Makes, adds, moves and removes names, each at the end of a path that was walked. Which error
 * comes first is what programs see, and so is as on Linux.
 */
final class Naming {
    /** What mkdir(2) makes of others is not defined; Linux leaves them out. */
    private static final int DIRECTORY_PERMISSIONS = 01777;

    private final Mounts mounts;
    private final Watches watches;
    private final OpenNames openNames;
    private final int mask;

    /**
     * @param mask permissions that new directories do not get
     */
    Naming(Mounts mounts, Watches watches, OpenNames openNames, int mask) {
        this.mounts = mounts;
        this.watches = watches;
        this.openNames = openNames;
        this.mask = mask;
    }

    void makeDirectory(PathWalk walk, int permissions) throws FileException {
        requireNew(walk, true);
        Location at = walk.directory();
        FileName name = walk.name();
        int masked = at.fileSystem().mask(at.inode(), mask);
        int mode = permissions & DIRECTORY_PERMISSIONS & ~masked;
        watches.create(at, name, () -> at.fileSystem().makeDirectory(at.inode(), name, mode));
    }

    void makeSymbolicLink(byte[] target, PathWalk walk) throws FileException {
        requireNew(walk, false);
        Location at = walk.directory();
        FileName name = walk.name();
        watches.create(at, name, () -> at.fileSystem().makeSymbolicLink(at.inode(), name, target));
    }

    void link(Location file, PathWalk walk) throws FileException {
        requireNew(walk, false);
        Location at = walk.directory();
        require(file.mount().equals(at.mount()), Errno.EXDEV);
        FileName name = walk.name();
        watches.create(
                at,
                name,
                () -> {
                    at.fileSystem().link(file.inode(), at.inode(), name);
                    return file;
                });
    }

    private static void requireNew(PathWalk walk, boolean isDirectory) throws FileException {
        require(walk.last() == Last.NAME && namedOrNull(walk) == null, Errno.EEXIST);
        require(isDirectory || !walk.hasSlash(), Errno.ENOENT);
        walk.directory().requireWritable();
    }

    void unlink(PathWalk walk) throws FileException {
        require(walk.last() == Last.NAME, Errno.EISDIR);
        Location at = walk.directory();
        at.requireWritable();
        if (walk.hasSlash()) {
            throw new FileException(named(walk).isDirectory() ? Errno.EISDIR : Errno.ENOTDIR);
        }
        FileName name = walk.name();
        watches.remove(at, name, null, () -> at.fileSystem().unlink(at.inode(), name));
    }

    void removeDirectory(PathWalk walk) throws FileException {
        switch (walk.last()) {
            case DOT -> throw new FileException(Errno.EINVAL);
            case DOT_DOT -> throw new FileException(Errno.ENOTEMPTY);
            case ROOT -> throw new FileException(Errno.EBUSY);
            case NAME -> {}
        }
        Location at = walk.directory();
        at.requireWritable();
        Location found = named(walk);
        require(!mounts.isCovered(found), Errno.EBUSY);
        FileName name = walk.name();
        watches.remove(at, name, found, () -> at.fileSystem().removeDirectory(at.inode(), name));
    }

    void rename(PathWalk from, PathWalk to) throws FileException {
        Location source = from.directory();
        Location target = to.directory();
        require(source.mount().equals(target.mount()), Errno.EXDEV);
        require(from.last() == Last.NAME && to.last() == Last.NAME, Errno.EBUSY);
        source.requireWritable();
        Location file = named(from);
        Location replaced = namedOrNull(to);
        require(file.isDirectory() || !from.hasSlash() && !to.hasSlash(), Errno.ENOTDIR);
        requireUncovered(file, replaced);
        Place old = new Place(source, from.name());
        Place renamed = new Place(target, to.name());
        if (file.equals(replaced)) {
            // Two names of one file stay as they are, and nobody is told.
            move(file, old, renamed);
        } else {
            watches.move(
                    old,
                    renamed,
                    replaced,
                    () -> {
                        move(file, old, renamed);
                        openNames.moved(file, old, renamed);
                    });
        }
    }

    /** A directory that something is mounted on stays where it is. */
    private void requireUncovered(Location file, Location replaced) throws FileException {
        if (replaced == null) {
            require(!mounts.isCovered(file), Errno.EBUSY);
        } else if (mounts.isCovered(file) || mounts.isCovered(replaced)) {
            require(file.isDirectory(), Errno.EISDIR);
            require(replaced.isDirectory(), Errno.ENOTDIR);
            throw new FileException(Errno.EBUSY);
        }
    }

    private static void move(Location file, Place from, Place to) throws FileException {
        FileSystem fileSystem = file.fileSystem();
        fileSystem.rename(from.directory().inode(), from.name(), to.directory().inode(), to.name());
    }

    /** What has the walk's last name, even if something is mounted on it. */
    private static Location named(PathWalk walk) throws FileException {
        Location at = walk.directory();
        return new Location(at.mount(), at.fileSystem().lookup(at.inode(), walk.name()));
    }

    /** As {@link #named}; null if nothing has that name. */
    private static Location namedOrNull(PathWalk walk) throws FileException {
        try {
            return named(walk);
        } catch (FileException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            return null;
        }
    }

    private static void require(boolean condition, Errno otherwise) throws FileException {
        if (!condition) {
            throw new FileException(otherwise);
        }
    }
}
