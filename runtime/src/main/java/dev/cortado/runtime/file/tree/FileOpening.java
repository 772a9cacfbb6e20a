package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.device.Devices;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.OpenNames.OpenName;
import dev.cortado.runtime.file.tree.PathWalk.Last;

/**
 * Opens what a path leads to, and makes it if asked (POSIX, open; open(2)). Several threads may
 * make and remove the same name meanwhile; then it looks again.
 */
final class FileOpening {
    /** How often somebody may remove a name that was just there; by then it is no accident. */
    private static final int ATTEMPTS = 1000;

    private final int mask;
    private final Devices devices;
    private final Watches watches;
    private final OpenNames names;
    private final FileLocks locks = new FileLocks();

    FileOpening(int mask, Devices devices, Watches watches, OpenNames names) {
        this.mask = mask;
        this.devices = devices;
        this.watches = watches;
        this.names = names;
    }

    OpenFile open(PathWalk walk, OpenFlags flags, int permissions) throws FileException {
        if (!flags.has(OpenFlags.CREATE)) {
            return existing(walk, walk.resolve(flags.follows()), flags);
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            OpenFile file = tryCreate(walk, flags, permissions);
            if (file != null) {
                return file;
            }
        }
        throw new FileException(Errno.EBUSY);
    }

    /** Opens or makes the file; null if it came or went while being looked at. */
    private OpenFile tryCreate(PathWalk walk, OpenFlags flags, int permissions)
            throws FileException {
        Location found = find(walk, flags);
        if (found == null) {
            return created(walk, flags, permissions);
        }
        try {
            return existing(walk, found, flags);
        } catch (FileException e) {
            return nullIf(e, Errno.ENOENT);
        }
    }

    /** What is there at the end of all links; null if nothing is. */
    private static Location find(PathWalk walk, OpenFlags flags) throws FileException {
        while (true) {
            require(walk.last() != Last.NAME || !walk.hasSlash(), Errno.EISDIR);
            Location found;
            try {
                found = walk.peek();
            } catch (FileException e) {
                if (e.errno() != Errno.ENOENT) {
                    throw e;
                }
                return null;
            }
            require(!flags.has(OpenFlags.EXCLUSIVE), Errno.EEXIST);
            if (!PathWalk.isLink(found) || !flags.follows()) {
                require(!found.isDirectory(), Errno.EISDIR);
                return found;
            }
            walk.followLast(found);
        }
    }

    private OpenFile created(PathWalk walk, OpenFlags flags, int permissions) throws FileException {
        Location at = walk.directory();
        at.requireWritable();
        Inode inode;
        try {
            FileName name = walk.name();
            int mode = permissions & ~at.fileSystem().mask(at.inode(), mask);
            inode = watches.create(at, name, () -> at.fileSystem().create(at.inode(), name, mode));
        } catch (FileException e) {
            if (flags.has(OpenFlags.EXCLUSIVE)) {
                throw e;
            }
            return nullIf(e, Errno.EEXIST);
        }
        try {
            return open(walk, new Location(at.mount(), inode), flags);
        } catch (FileException e) {
            return nullIf(e, Errno.ENOENT);
        }
    }

    /** Null after an error that only a race explains. */
    private static OpenFile nullIf(FileException error, Errno race) throws FileException {
        if (error.errno() != race) {
            throw error;
        }
        return null;
    }

    private OpenFile existing(PathWalk walk, Location found, OpenFlags flags) throws FileException {
        require(found.isDirectory() || !flags.has(OpenFlags.DIRECTORY), Errno.ENOTDIR);
        require(!PathWalk.isLink(found), Errno.ELOOP);
        if (found.inode().kind() == FileKind.CHARACTER_DEVICE) {
            return device(walk, found, flags);
        }
        boolean changes = flags.writes() || flags.has(OpenFlags.TRUNCATE);
        if (changes) {
            require(!found.isDirectory(), Errno.EISDIR);
            found.requireWritable();
        }
        OpenFile file = open(walk, found, flags);
        if (flags.has(OpenFlags.TRUNCATE)) {
            try {
                found.contents().truncate(found.inode(), 0);
                watches.modified(walk, found);
            } catch (FileException e) {
                file.close();
                throw e;
            }
        }
        return file;
    }

    /** What it takes is not the file system's: it may be read-only, and nothing is cut off. */
    private OpenFile device(PathWalk walk, Location found, OpenFlags flags) throws FileException {
        long number = found.fileSystem().attributes(found.inode()).represented();
        OpenFile device = devices.open(number);
        try {
            return new DeviceFile(description(walk, found, flags), locks, device);
        } catch (FileException e) {
            device.close();
            throw e;
        }
    }

    private Description description(PathWalk walk, Location location, OpenFlags flags)
            throws FileException {
        location.fileSystem().retain(location.inode());
        OpenName name = names.hold(location, walk.place(location));
        return new Description(location, flags, name);
    }

    private OpenFile open(PathWalk walk, Location location, OpenFlags flags) throws FileException {
        Description description = description(walk, location, flags);
        return location.isDirectory()
                ? new DirectoryFile(description, locks)
                : new RegularFile(description, locks);
    }

    private static void require(boolean condition, Errno otherwise) throws FileException {
        if (!condition) {
            throw new FileException(otherwise);
        }
    }
}
