package dev.cortado.runtime.file;

/**
 * A file of a {@link FileSystem}, whatever names it has. Only that file system looks into it. Two
 * are equal if they are the same file of the same file system.
 */
public interface Inode {
    /** Its number, which no other file of the file system has at the same time. */
    long number();

    /** What it is; never changes. */
    FileKind kind();

    default boolean isDirectory() {
        return kind() == FileKind.DIRECTORY;
    }
}
