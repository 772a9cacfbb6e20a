package dev.cortado.runtime.jdk;

/** System calls that make, change and remove names, as {@link UnixCalls} has the others. */
final class UnixNames {
    /** AT_REMOVEDIR (Linux, uapi/linux/fcntl.h). */
    private static final int REMOVE_DIRECTORY = 0x200;

    private UnixNames() {}

    static void link(long existing, long path) throws Exception {
        UnixCalls.run(tree -> tree.link(null, PathBytes.at(existing), null, PathBytes.at(path)));
    }

    static void unlink(int base, long path, int flags) throws Exception {
        if ((flags & REMOVE_DIRECTORY) != 0) {
            UnixCalls.run(tree -> tree.removeDirectory(UnixCalls.base(base), PathBytes.at(path)));
        } else {
            UnixCalls.run(tree -> tree.unlink(UnixCalls.base(base), PathBytes.at(path)));
        }
    }

    static void rename(int fromBase, long from, int toBase, long to) throws Exception {
        UnixCalls.run(tree ->
                tree.rename(
                        UnixCalls.base(fromBase),
                        PathBytes.at(from),
                        UnixCalls.base(toBase),
                        PathBytes.at(to)));
    }

    static void makeDirectory(long path, int permissions) throws Exception {
        UnixCalls.run(tree -> tree.makeDirectory(null, PathBytes.at(path), permissions));
    }

    static void removeDirectory(long path) throws Exception {
        UnixCalls.run(tree -> tree.removeDirectory(null, PathBytes.at(path)));
    }

    static void makeSymbolicLink(long target, long path) throws Exception {
        UnixCalls.run(
                tree -> tree.makeSymbolicLink(PathBytes.at(target), null, PathBytes.at(path)));
    }

    static byte[] readLink(long path) throws Exception {
        return FileErrors.unixResult(
                () -> GuestFiles.get().tree().readLink(null, PathBytes.at(path)));
    }

    static byte[] realPath(long path) throws Exception {
        return FileErrors.unixResult(() -> GuestFiles.get().tree().realPath(PathBytes.at(path)));
    }
}
