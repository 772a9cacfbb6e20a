package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.imagefs.BadIndexException;
import dev.cortado.runtime.file.imagefs.ByteSource;
import dev.cortado.runtime.file.imagefs.ImageFileSystem;
import dev.cortado.runtime.file.imagefs.IndexWriter;
import dev.cortado.runtime.file.open.ConsoleFile;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.OpenFileTable;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * The guest's files: a read-only root with a directory for temporary files in it and, where there
 * is a network, one for {@link NetworkFiles}, and the table of open files. They are made when a
 * program first does what {@link FilesBefore} cannot answer, and before that where something is
 * mounted ({@link StartMounts}); who has opened sockets only has the table. An image whose program
 * never does has none of this code: there {@link #made} is always null, which the compiler sees. So
 * whoever may not make them asks for them there, and calls nothing of what stands on them that is
 * static.
 */
final class GuestFiles {
    private static final String TEMPORARY = "tmp";
    private static final String OWN_FILES = "the guest's own files";

    /** Below the root. */
    private static final String NETWORK_DIRECTORY = NetworkFiles.DIRECTORY.substring(1);

    /** Temporary files are kept in the heap, and may fill this part of it. */
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

    /** Null in images without a network, which the compiler sees as well. */
    private static NetworkFiles network;

    /** Null as long as nobody has named a file: sockets need the table only. */
    private volatile FileTree tree;

    private final OpenFileTable table;
    private final StreamCalls streams;
    private final StreamOpening opening;
    private final FileQueries queries;

    private GuestFiles(OpenFileTable table) {
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
     * As {@link #made}, but with a network there is something to find, and they are made. Where
     * something is mounted, that is done when its time has come.
     */
    static GuestFiles toSearch() {
        GuestFiles files = made;
        return files == null && network != null && mounts == null ? make() : files;
    }

    private static synchronized GuestFiles make() {
        if (made == null) {
            try {
                made = new GuestFiles(makeTable());
            } catch (FileException e) {
                throw new IllegalStateException(OWN_FILES, e);
            }
        }
        return made;
    }

    private synchronized FileTree plant() {
        if (tree == null) {
            try {
                tree = makeTree();
            } catch (FileException e) {
                throw new IllegalStateException(OWN_FILES, e);
            }
        }
        return tree;
    }

    private static FileTree makeTree() throws FileException {
        FileTree tree = new FileTree(Root.fileSystem(index()), MASK);
        String place = '/' + TEMPORARY;
        long bytes = temporaryBytes();
        if (isFree(place)) {
            TmpFileSystem temporary =
                    new TmpFileSystem(bytes, bytes / BYTES_PER_NAME, GuestFiles::nanos);
            tree.mount(place.getBytes(StandardCharsets.US_ASCII), temporary, false);
        }
        if (network != null && isFree(NetworkFiles.DIRECTORY)) {
            tree.mount(
                    NetworkFiles.DIRECTORY.getBytes(StandardCharsets.US_ASCII),
                    network.make(bytes, bytes / BYTES_PER_NAME),
                    false);
            if (mounts == null) {
                network.start();
            }
        }
        return tree;
    }

    /** Whether nothing else is to be mounted at a path. */
    private static boolean isFree(String path) {
        return mounts == null || !mounts.covers(path);
    }

    private static byte[] index() {
        if (mounts == null) {
            return network == null ? Root.INDEX : Root.INDEX_WITH_NETWORK;
        }
        List<String> directories = new ArrayList<>(mounts.rootDirectories());
        if (network != null) {
            directories.add(NETWORK_DIRECTORY);
        }
        return Root.index(directories);
    }

    /** What files in memory may have. */
    static long temporaryBytes() {
        return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }

    /** 0, 1 and 2 are the console's. */
    private static OpenFileTable makeTable() throws FileException {
        OpenFileTable table = new OpenFileTable(MAXIMUM_OPEN_FILES);
        ConsoleFile input = ConsoleFile.input(new GuestConsole());
        table.add(input);
        table.add(input.output());
        table.add(input.output());
        return table;
    }

    static long nanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
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

    /** The root, with the directory that temporary files are mounted on. */
    private static final class Root {
        /** Both are made while the image is built. */
        static final byte[] INDEX = index(List.of());

        static final byte[] INDEX_WITH_NETWORK = index(List.of(NETWORK_DIRECTORY));

        /** With directories besides. */
        static byte[] index(List<String> directories) {
            IndexWriter writer = new IndexWriter();
            writer.addDirectory(TEMPORARY);
            directories.forEach(writer::addDirectory);
            return writer.write(0);
        }

        static ImageFileSystem fileSystem(byte[] index) {
            try {
                return new ImageFileSystem(index, new NoContents());
            } catch (BadIndexException e) {
                throw new IllegalStateException("the image's index of files", e);
            }
        }
    }

    /** Of a root without files. */
    private static final class NoContents implements ByteSource {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public void read(long offset, ByteBuffer to) throws FileException {
            throw new FileException(Errno.EIO);
        }
    }
}
