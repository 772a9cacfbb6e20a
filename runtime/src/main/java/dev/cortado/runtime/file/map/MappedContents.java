package dev.cortado.runtime.file.map;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;

/**
 * The bytes of a file system's files, with what mappings have written to them: whoever reads,
 * writes and cuts files does it here. There is one for each file system.
 *
 * <p>Locks: one of {@link #changes}, a file's, {@link ResidentPages}', in this order; not two of
 * one kind.
 */
public final class MappedContents {
    /** A power of two: so many files, at most, are changed without a word to each other. */
    private static final int STRIPES = 16;

    private final FileSystem fileSystem;
    private final ConcurrentHashMap<Inode, Held> files = new ConcurrentHashMap<>();

    /**
     * That of a file is held for reading while the file is changed and not mapped, so that nobody
     * maps it meanwhile and reads what is about to change. A change may wait for the disk, and so
     * does who maps a file of the same stripe.
     */
    private final StampedLock[] changes = new StampedLock[STRIPES];

    private static final class Held {
        private final MappedFile file;
        private int mappings;

        Held(MappedFile file) {
            this.file = file;
        }
    }

    public MappedContents(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
        Arrays.setAll(changes, stripe -> new StampedLock());
    }

    private StampedLock changesOf(Inode inode) {
        int hash = inode.hashCode();
        return changes[(hash ^ hash >>> 16) & STRIPES - 1];
    }

    /** What is done with a file that may be mapped. */
    @FunctionalInterface
    private interface Change {
        /**
         * @param file null if it is not
         */
        long apply(MappedFile file) throws FileException;
    }

    private long change(Inode inode, Change change) throws FileException {
        StampedLock changes = changesOf(inode);
        while (true) {
            Held held;
            long stamp = changes.readLock();
            try {
                held = files.get(inode);
                if (held == null) {
                    return change.apply(null);
                }
            } finally {
                changes.unlockRead(stamp);
            }
            held.file.lock().lock();
            try {
                if (files.get(inode) == held) {
                    return change.apply(held.file);
                }
            } finally {
                held.file.lock().unlock();
            }
        }
    }

    /** As {@link FileSystem#read}. */
    public int read(Inode inode, long position, ByteBuffer to) throws FileException {
        Held held = files.get(inode);
        if (held == null) {
            return fileSystem.read(inode, position, to);
        }
        held.file.lock().lock();
        try {
            return held.file.read(position, to);
        } finally {
            held.file.lock().unlock();
        }
    }

    /** As {@link FileSystem#write}. */
    public int write(Inode inode, long position, ByteBuffer from) throws FileException {
        return (int)
                change(
                        inode,
                        file ->
                                file == null
                                        ? fileSystem.write(inode, position, from)
                                        : file.write(position, from));
    }

    /** As {@link FileSystem#readDirect}, but for a file that is mapped. */
    public int readDirect(Inode inode, long position, ByteBuffer to) throws FileException {
        return files.containsKey(inode)
                ? read(inode, position, to)
                : fileSystem.readDirect(inode, position, to);
    }

    /** As {@link FileSystem#writeDirect}, but for a file that is mapped. */
    public int writeDirect(Inode inode, long position, ByteBuffer from) throws FileException {
        return (int)
                change(
                        inode,
                        file ->
                                file == null
                                        ? fileSystem.writeDirect(inode, position, from)
                                        : file.write(position, from));
    }

    /** As {@link FileSystem#append}. */
    public long append(Inode inode, ByteBuffer from) throws FileException {
        return change(
                inode, file -> file == null ? fileSystem.append(inode, from) : file.append(from));
    }

    /** As {@link FileSystem#truncate}. */
    public void truncate(Inode inode, long size) throws FileException {
        change(
                inode,
                file -> {
                    if (file == null) {
                        fileSystem.truncate(inode, size);
                    } else {
                        file.truncate(size);
                    }
                    return size;
                });
    }

    /** As {@link FileSystem#sync}. */
    public void sync(Inode inode, boolean onlyData) throws FileException {
        Held held = files.get(inode);
        if (held != null) {
            held.file.lock().lock();
            try {
                held.file.flush();
            } finally {
                held.file.lock().unlock();
            }
        }
        fileSystem.sync(inode, onlyData);
    }

    /** A file for one more mapping, until {@link #letGo} was called as often. */
    MappedFile hold(Inode inode, PageMemory memory, ResidentPages resident) throws FileException {
        StampedLock changes = changesOf(inode);
        long stamp = changes.writeLock();
        try {
            Held held = files.get(inode);
            if (held == null) {
                fileSystem.retain(inode);
                held = new Held(new MappedFile(fileSystem, inode, memory, resident));
                files.put(inode, held);
            }
            held.mappings++;
            return held.file;
        } finally {
            changes.unlockWrite(stamp);
        }
    }

    /** A mapping is gone; what the last one leaves has been flushed, or cannot be. */
    void letGo(MappedFile file) {
        boolean isLast;
        StampedLock changes = changesOf(file.inode());
        long stamp = changes.writeLock();
        try {
            Held held = files.get(file.inode());
            isLast = --held.mappings == 0;
            if (isLast) {
                file.lock().lock();
                try {
                    files.remove(file.inode());
                    file.dropAll();
                } finally {
                    file.lock().unlock();
                }
            }
        } finally {
            changes.unlockWrite(stamp);
        }
        if (isLast) {
            fileSystem.release(file.inode());
        }
    }
}
