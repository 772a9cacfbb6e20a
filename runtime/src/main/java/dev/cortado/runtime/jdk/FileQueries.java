package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What {@link File} asks and does, whose answer to most errors is false, zero or null. */
final class FileQueries {
    // BA_EXISTS and so on, of java.io.FileSystem.
    private static final int EXISTS = 0x01;
    private static final int REGULAR = 0x02;
    private static final int DIRECTORY = 0x04;
    static final int EXISTING_DIRECTORY = EXISTS | DIRECTORY;

    /** SPACE_TOTAL of java.io.FileSystem; the others are what is free. */
    private static final int SPACE_TOTAL = 0;

    private static final int NEW_FILE = 0666;
    private static final int NEW_DIRECTORY = 0777;

    /** S_IWUSR, S_IWGRP and S_IWOTH (POSIX, sys/stat.h). */
    static final int ANY_WRITE = 0222;

    private static final int OWNER_SHIFT = 6;
    private static final int GROUP_SHIFT = 3;

    private final GuestFiles files;

    FileQueries(GuestFiles files) {
        this.files = files;
    }

    /** What is done with a path. */
    @FunctionalInterface
    private interface Action {
        void run(FileTree tree, byte[] path) throws FileException;
    }

    private boolean succeeds(Action action, File file) {
        byte[] path = PathBytes.of(file.getPath());
        return FileErrors.succeeds(() -> action.run(files.tree(), path));
    }

    /** Null if there is no such file. */
    Attributes attributes(File file) {
        try {
            return files.tree().attributes(null, PathBytes.of(file.getPath()), true);
        } catch (FileException e) {
            return null;
        }
    }

    /** A set of EXISTS and so on; 0 if there is no such file. */
    int kind(File file) {
        Attributes found = attributes(file);
        if (found == null) {
            return 0;
        }
        return EXISTS
                | (found.kind() == FileKind.REGULAR ? REGULAR : 0)
                | (found.isDirectory() ? DIRECTORY : 0);
    }

    /** Bits of the mode for one of {@link FileTree}'s MAY_READ and so on. */
    static int permissions(int access, boolean ownerOnly) {
        int owner = access << OWNER_SHIFT;
        return ownerOnly ? owner : owner | access << GROUP_SHIFT | access;
    }

    boolean access(File file, int wanted) {
        return succeeds((files, path) -> files.access(null, path, wanted), file);
    }

    boolean makeDirectory(File file) {
        return succeeds((files, path) -> files.makeDirectory(null, path, NEW_DIRECTORY), file);
    }

    boolean rename(File from, File to) {
        byte[] target = PathBytes.of(to.getPath());
        return succeeds((files, path) -> files.rename(null, path, null, target), from);
    }

    boolean delete(File file) {
        return succeeds(FileQueries::remove, file);
    }

    /**
     * @param millis since 1970
     */
    boolean setModified(File file, long millis) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        AttributeChange change = AttributeChange.ofTimes(AttributeChange.KEEP_TIME, nanos);
        return succeeds((files, path) -> files.setAttributes(null, path, true, change), file);
    }

    boolean setPermissions(File file, int bits, boolean enable) {
        return succeeds(
                (files, path) -> {
                    int old = files.attributes(null, path, true).permissions();
                    AttributeChange change =
                            AttributeChange.ofPermissions(enable ? old | bits : old & ~bits);
                    files.setAttributes(null, path, true, change);
                },
                file);
    }

    /**
     * Makes an empty file; false if there is something of that name.
     *
     * @throws IOException if it cannot be made
     */
    boolean create(String path) throws IOException {
        int flags = OpenFlags.READ_WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE;
        try {
            files.tree().open(null, PathBytes.of(path), flags, NEW_FILE).close();
            return true;
        } catch (FileException e) {
            if (e.errno() != Errno.EEXIST) {
                throw FileErrors.inputOutput(e);
            }
            return false;
        }
    }

    /** As {@code remove} of C does. */
    private static void remove(FileTree tree, byte[] path) throws FileException {
        try {
            tree.unlink(null, path);
        } catch (FileException e) {
            if (e.errno() != Errno.EISDIR) {
                throw e;
            }
            tree.removeDirectory(null, path);
        }
    }

    /** The names in a directory; null if it cannot be read. */
    String[] list(File file) {
        int flags = OpenFlags.READ_ONLY | OpenFlags.DIRECTORY;
        try {
            OpenFile directory = files.tree().open(null, PathBytes.of(file.getPath()), flags, 0);
            try {
                return names(directory);
            } finally {
                directory.close();
            }
        } catch (FileException e) {
            return null;
        }
    }

    private static String[] names(OpenFile directory) throws FileException {
        List<String> names = new ArrayList<>();
        DirectoryEntry entry = directory.nextEntry();
        while (entry != null) {
            names.add(PathBytes.text(entry.name().bytes()));
            entry = directory.nextEntry();
        }
        return names.toArray(String[]::new);
    }

    /** Bytes of the file system that a file is in: all, or those that are free. */
    long space(File file, int kind) {
        try {
            FileSystemStatistics found = files.tree().statistics(PathBytes.of(file.getPath()));
            long blocks = kind == SPACE_TOTAL ? found.blocks() : found.freeBlocks();
            return blocks * found.blockBytes();
        } catch (FileException e) {
            return 0;
        }
    }
}
