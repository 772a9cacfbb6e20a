package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;

/**
 * The flags of {@code open} (POSIX, fcntl.h), with Linux's numbers (asm-generic/fcntl.h), which the
 * JDK's Java code for Linux has in it. Others than these change nothing.
 */
public final class OpenFlags {
    public static final int READ_ONLY = 00;
    public static final int WRITE_ONLY = 01;
    public static final int READ_WRITE = 02;
    private static final int ACCESS_MODE = 03;

    public static final int CREATE = 0100;
    public static final int EXCLUSIVE = 0200;
    public static final int TRUNCATE = 01000;
    public static final int APPEND = 02000;

    /** O_DSYNC: a write returns when its data is where it survives the machine's end. */
    public static final int DATA_SYNC = 010000;

    /** O_SYNC, which O_DSYNC is a part of: and the times too. */
    public static final int SYNC = 04010000;

    /**
     * O_DIRECT, of the machines whose number that is (asm-generic/fcntl.h): reading and writing go
     * past the file system's cache, as far as it can do that. Positions and lengths are multiples
     * of its blocks. What is appended goes through the cache.
     */
    public static final int DIRECT = 040000;

    public static final int DIRECTORY = 0200000;
    public static final int NO_FOLLOW = 0400000;

    private final int bits;

    OpenFlags(int bits) throws FileException {
        if ((bits & ACCESS_MODE) == ACCESS_MODE) {
            throw new FileException(Errno.EINVAL);
        }
        // What Linux does since 6.4; before, it depended on what was there.
        if (has(bits, CREATE | DIRECTORY)) {
            throw new FileException(Errno.EINVAL);
        }
        this.bits = bits;
    }

    private static boolean has(int bits, int flags) {
        return (bits & flags) == flags;
    }

    boolean has(int flags) {
        return has(bits, flags);
    }

    boolean reads() {
        return (bits & ACCESS_MODE) != WRITE_ONLY;
    }

    boolean writes() {
        return (bits & ACCESS_MODE) != READ_ONLY;
    }

    /** Whether a symbolic link at the path's end is followed. */
    boolean follows() {
        return !has(NO_FOLLOW) && !has(CREATE | EXCLUSIVE);
    }
}
