package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.map.MappedContents;
import dev.cortado.runtime.file.tree.OpenNames.OpenName;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An open file description (POSIX, 3.234): what the duplicates of one open file share, that is the
 * file and the position in it. In a directory the position is the last entry's cookie.
 */
final class Description {
    private final Location location;
    private final OpenFlags flags;
    private final OpenName name;
    private final AtomicInteger duplicates = new AtomicInteger(1);

    /** Held while the position is used and moved on. */
    private final ReentrantLock moving = new ReentrantLock();

    private long position;

    /** What the calls do that {@link #moving} is held for. */
    @FunctionalInterface
    interface Move {
        /** Returns the new position. */
        long from(long position) throws FileException;
    }

    /** Of a file that the caller has retained, and whose name it holds. */
    Description(Location location, OpenFlags flags, OpenName name) {
        this.location = location;
        this.flags = flags;
        this.name = name;
    }

    Location location() {
        return location;
    }

    FileSystem fileSystem() {
        return location.fileSystem();
    }

    MappedContents contents() {
        return location.contents();
    }

    Inode inode() {
        return location.inode();
    }

    OpenFlags flags() {
        return flags;
    }

    /** The file's content or attributes were changed: who watches it is told. */
    void changed() {
        name.changed();
    }

    void requireReading() throws FileException {
        if (!flags.reads()) {
            throw new FileException(Errno.EBADF);
        }
    }

    void requireWriting() throws FileException {
        if (!flags.writes()) {
            throw new FileException(Errno.EBADF);
        }
    }

    void move(Move move) throws FileException {
        moving.lock();
        try {
            position = move.from(position);
        } finally {
            moving.unlock();
        }
    }

    long position() {
        moving.lock();
        try {
            return position;
        } finally {
            moving.unlock();
        }
    }

    /** By one who has it open. */
    void duplicate() {
        duplicates.incrementAndGet();
    }

    void release() {
        if (duplicates.decrementAndGet() == 0) {
            name.letGo();
            fileSystem().release(inode());
        }
    }
}
