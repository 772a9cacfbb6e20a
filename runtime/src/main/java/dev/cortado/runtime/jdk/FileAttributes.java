package dev.cortado.runtime.jdk;

/** Numbers that the JDK's file code shares with its natives. */
final class FileAttributes {
    /** {@code java.io.FileSystem}: BA_EXISTS and BA_DIRECTORY. */
    static final int EXISTING_DIRECTORY = 0x01 | 0x04;

    /** {@code java.io.FileSystem}. */
    static final int ACCESS_WRITE = 0x02;

    static final int PAGE_BYTES = 4096;

    static final int MAX_NAME = 255;

    /** S_IFDIR with r-xr-xr-x (POSIX, sys/stat.h). */
    static final int DIRECTORY_MODE = 0040000 | 0555;

    /** {@code access}'s W_OK (POSIX, unistd.h). */
    static final int WRITE_OK = 2;

    /** O_WRONLY and O_RDWR (Linux, asm-generic/fcntl.h). */
    static final int OPEN_TO_WRITE = 01 | 02;

    /** {@code RandomAccessFile.O_RDONLY}. */
    static final int RANDOM_READ_ONLY = 1;

    /** Stands for the {@code DIR} of the root directory. */
    static final long ROOT_STREAM = 1;

    private FileAttributes() {}
}
