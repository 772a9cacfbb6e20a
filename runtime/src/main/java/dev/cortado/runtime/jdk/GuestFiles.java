package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.device.DeviceDirectory;
import dev.cortado.runtime.file.device.Devices;
import dev.cortado.runtime.file.open.ConsoleFile;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.OpenFileTable;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.MissingDirectories;
import dev.cortado.runtime.random.HardwareRandom;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * The guest's files, and the table of open files: a root in memory, which is where relative paths
 * begin, with devices in it, another file system in memory for temporary files and, where there is
 * a network, one for {@link NetworkFiles}. They are made when a program first looks for a file, or
 * before that where something is mounted ({@link StartMounts}); who has opened sockets only has the
 * table.
 *
 * <p>An image whose program only ever looks for files has none of this code, and finds what {@link
 * FilesBefore} has: there {@link #made} and {@link #maker} are always null, which the compiler
 * sees. So whoever may not make them asks for them there, and calls nothing of what stands on them
 * that is static.
 */
final class GuestFiles {
    private static final int TIME_STEP_NANOS = 4_000_000;

    private static final String TEMPORARY = "/tmp";
    private static final String DEVICES = "dev";
    private static final String OWN_FILES = "the guest's own files";
    private static final int DIRECTORY_PERMISSIONS = 0755;

    /** Files are kept in the heap, and may all together fill this part of it. */
    private static final int SHARE_OF_HEAP = 4;

    /** So many bytes of that share for each name: what a file costs without content. */
    private static final int BYTES_PER_NAME = 1024;

    /** As Linux lets a process have at most (fs.nr_open). */
    static final int MAXIMUM_OPEN_FILES = 1 << 20;

    /** S_IWGRP and S_IWOTH (POSIX, sys/stat.h), as shells begin with. */
    private static final int MASK = 0022;

    private static volatile GuestFiles made;

    /** Null in images that mount nothing, which the compiler sees as well. */
    private static StartMounts mounts;

    /** Null in images without code for files, and in those that mount something. */
    private static Supplier<GuestFiles> maker;

    /** Null in images without a network, which the compiler sees as well. */
    private static NetworkFiles network;

    /** Null as long as nobody has named a file: sockets need the table only. */
    private volatile FileTree tree;

    private final ConsoleFile console;
    private final OpenFileTable table;
    private final StreamCalls streams;
    private final StreamOpening opening;
    private final FileQueries queries;

    private GuestFiles(ConsoleFile console, OpenFileTable table) {
        this.console = console;
        this.table = table;
        streams = new StreamCalls(table);
        opening = new StreamOpening(this);
        queries = new FileQueries(this);
    }

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    static void setMounts(StartMounts chosen) {
        mounts = chosen;
    }

    /** Called while an image is built whose program reaches {@link #get}. */
    @Platforms(Platform.HOSTED_ONLY.class)
    static void setMaker() {
        maker = mounts == null ? GuestFiles::get : null;
    }

    /** Called while an image is built whose program reaches the network. */
    @Platforms(Platform.HOSTED_ONLY.class)
    static void setNetwork(NetworkFiles chosen) {
        network = chosen;
    }

    /** The network's, null if there are none. */
    static NetworkFiles network() {
        return network;
    }

    static GuestFiles get() {
        GuestFiles files = made;
        return files == null ? make() : files;
    }

    /** Null as long as nobody has called {@link #get}. */
    static GuestFiles made() {
        return made;
    }

    /**
     * As {@link #made}, but they are made if the image has the code for that. Where something is
     * mounted, that is done when its time has come.
     */
    static GuestFiles toSearch() {
        GuestFiles files = made;
        return files == null && maker != null ? maker.get() : files;
    }

    private static synchronized GuestFiles make() {
        if (made == null) {
            try {
                ConsoleFile console = ConsoleFile.input(new GuestConsole());
                made = new GuestFiles(console, makeTable(console));
            } catch (FileException e) {
                throw new IllegalStateException(OWN_FILES + ": " + e.getMessage(), e);
            }
        }
        return made;
    }

    private synchronized FileTree plant() {
        if (tree == null) {
            try {
                tree = makeTree(console);
            } catch (FileException e) {
                throw new IllegalStateException(OWN_FILES, e);
            }
        }
        return tree;
    }

    private static FileTree makeTree(ConsoleFile console) throws FileException {
        long bytes = temporaryBytes();
        TmpFileSystem root = new TmpFileSystem(bytes, bytes / BYTES_PER_NAME, GuestFiles::nanos);
        root.setAttributes(root.root(), AttributeChange.ofPermissions(DIRECTORY_PERMISSIONS));
        DeviceDirectory.make(root, DEVICES);
        FileTree tree =
                new FileTree(
                        root, MASK, Devices.of(new PooledRandom(HardwareRandom.POOL), console));
        coverWithOwn(tree, TEMPORARY, new TmpFileSystem(root));
        if (network != null) {
            coverWithOwn(tree, NetworkFiles.DIRECTORY, network.make(root));
            if (mounts == null) {
                network.start();
            }
        }
        for (ImageFiles.Placed each : ImageFiles.all()) {
            cover(tree, each.path(), each.files());
        }
        return tree;
    }

    /** As {@link #cover}, for what is there unless the image was built with something else. */
    private static void coverWithOwn(FileTree tree, String path, FileSystem files)
            throws FileException {
        if (!ImageFiles.cover(path)) {
            cover(tree, path, files);
        }
    }

    /** Mounts it on a directory, unless something else is to be mounted there. */
    private static void cover(FileTree tree, String path, FileSystem files) throws FileException {
        if (mounts == null || !mounts.covers(path)) {
            MissingDirectories.make(tree, path);
            tree.mount(path.getBytes(StandardCharsets.UTF_8), files, false);
        }
    }

    /** What files in memory may have. */
    static long temporaryBytes() {
        return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }

    /** 0, 1 and 2 are the console's. */
    private static OpenFileTable makeTable(ConsoleFile input) throws FileException {
        OpenFileTable table = new OpenFileTable(MAXIMUM_OPEN_FILES);
        table.add(input);
        table.add(input.output());
        table.add(input.output());
        return table;
    }

    /**
     * For the times of files, in steps, as on a Linux of 250 ticks a second: what is written again
     * within one of them keeps its times, and costs no change of its inode.
     */
    static long nanos() {
        Instant now = Instant.now();
        int nanos = now.getNano() - now.getNano() % TIME_STEP_NANOS;
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + nanos;
    }

    FileTree tree() {
        FileTree planted = tree;
        return planted == null ? plant() : planted;
    }

    /** As {@link #tree}, null as long as nobody has called that. */
    FileTree planted() {
        return tree;
    }

    OpenFileTable table() {
        return table;
    }

    StreamCalls streams() {
        return streams;
    }

    StreamOpening opening() {
        return opening;
    }

    FileQueries queries() {
        return queries;
    }

    /** Opens a file and gives it a number. */
    int open(OpenFile base, byte[] path, int flags, int permissions) throws FileException {
        return add(tree().open(base, path, flags, permissions));
    }

    /** Gives a file a number; closes it if there is none left. */
    int add(OpenFile file) throws FileException {
        try {
            return table.add(file);
        } catch (FileException e) {
            file.close();
            throw e;
        }
    }
}
