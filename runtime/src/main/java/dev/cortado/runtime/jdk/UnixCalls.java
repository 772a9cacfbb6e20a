package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;

/**
 * System calls as {@code sun.nio.fs} makes them: paths are addresses of C strings, directories that
 * paths begin in are numbers of open files, and all fail with {@code UnixException}.
 */
final class UnixCalls {
    // AT_FDCWD and AT_SYMLINK_NOFOLLOW (Linux, uapi/linux/fcntl.h).
    static final int WORKING_DIRECTORY = -100;
    private static final int NO_FOLLOW = 0x100;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** What a call does with the tree. */
    @FunctionalInterface
    interface TreeCall {
        void run(FileTree tree) throws FileException;
    }

    private UnixCalls() {}

    static void run(TreeCall call) throws Exception {
        FileErrors.unix(() -> call.run(GuestFiles.get().tree()));
    }

    /** Null for the working directory. */
    static OpenFile base(int number) throws FileException {
        return number == WORKING_DIRECTORY ? null : OpenFiles.file(number);
    }

    static boolean follows(int flags) {
        return (flags & NO_FOLLOW) == 0;
    }

    static int open(int base, long path, int flags, int mode) throws Exception {
        return FileErrors.unixResult(
                () -> GuestFiles.get().open(base(base), PathBytes.at(path), flags, mode));
    }

    static int duplicate(int number) throws Exception {
        return FileErrors.unixResult(() -> GuestFiles.get().table().duplicate(number));
    }

    static int read(int number, long address, int length) throws Exception {
        return FileErrors.unixResult(() ->
                Math.max(MemoryTransfers.read(OpenFiles.file(number)::read, address, length), 0));
    }

    static int write(int number, long address, int length) throws Exception {
        return FileErrors.unixResult(
                () -> MemoryTransfers.write(OpenFiles.file(number)::write, address, length));
    }

    static Attributes attributes(int base, long path, boolean follows) throws Exception {
        return FileErrors.unixResult(
                () -> GuestFiles.get().tree().attributes(base(base), PathBytes.at(path), follows));
    }

    static Attributes attributes(int number) throws Exception {
        return FileErrors.unixResult(() -> OpenFiles.file(number).attributes());
    }

    static void change(long path, boolean follows, AttributeChange change) throws Exception {
        run(tree -> tree.setAttributes(null, PathBytes.at(path), follows, change));
    }

    static void change(int number, AttributeChange change) throws Exception {
        FileErrors.unix(() -> OpenFiles.file(number).setAttributes(change));
    }

    static void changeAt(int base, long path, int flags, AttributeChange change) throws Exception {
        run(tree -> tree.setAttributes(base(base), PathBytes.at(path), follows(flags), change));
    }

    /**
     * As the JDK's C, which divides: what is left of a time before 1970 that is no whole second is
     * negative, and refused (utimensat(2), EINVAL). The Java code above then sets 1970.
     *
     * @param accessed nanoseconds since 1970, as {@code modified}
     */
    static AttributeChange times(long accessed, long modified) throws Exception {
        if (accessed % NANOS_PER_SECOND < 0 || modified % NANOS_PER_SECOND < 0) {
            throw FileErrors.unix(Errno.EINVAL);
        }
        return AttributeChange.ofTimes(accessed, modified);
    }

    /** Returns the error's number, 0 for none. */
    static int access(long path, int wanted) {
        return FileErrors.number(
                () -> GuestFiles.get().tree().access(null, PathBytes.at(path), wanted));
    }

    static FileSystemStatistics statistics(long path) throws Exception {
        return FileErrors.unixResult(() -> GuestFiles.get().tree().statistics(PathBytes.at(path)));
    }

    static int openDirectory(long path) throws Exception {
        return open(WORKING_DIRECTORY, path, OpenFlags.READ_ONLY | OpenFlags.DIRECTORY, 0);
    }

    static int requireDirectory(int number) throws Exception {
        if (!attributes(number).isDirectory()) {
            throw FileErrors.unix(Errno.ENOTDIR);
        }
        return number;
    }

    /** Of a directory's next entry; null at the end. */
    static byte[] nextName(int number) throws Exception {
        DirectoryEntry entry = FileErrors.unixResult(() -> OpenFiles.file(number).nextEntry());
        return entry == null ? null : entry.name().bytes();
    }
}
