package dev.cortado.runtime.file;

/**
 * One entry of a directory that is being read.
 *
 * @param cookie where to go on: what follows has a greater one
 * @param inode number of the file, as in {@link Attributes#inode}
 */
public record DirectoryEntry(FileName name, long cookie, long inode, FileKind kind) {
    /** Before the first entry. */
    public static final long START = 0;
}
