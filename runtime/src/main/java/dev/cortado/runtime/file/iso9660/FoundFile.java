package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.FileKind;
import java.util.List;

/**
 * A file of a directory, as its records have it.
 *
 * @param name in UTF-8, or in whatever Rock Ridge has
 * @param next where the directory goes on, in bytes from its begin on
 * @param number of its inode: where its record is, a directory's record of itself
 * @param record the first one
 */
record FoundFile(
        byte[] name,
        long next,
        long number,
        DirectoryRecord record,
        List<Extent> extents,
        RockRidge more) {
    private static final int KIND_BITS = 0170000;

    /** What it is; what does not say so is a regular file. */
    FileKind kind() {
        if (record.isDirectory() || more.hasChild()) {
            return FileKind.DIRECTORY;
        }
        int bits = more.mode(0) & KIND_BITS;
        for (FileKind kind : FileKind.values()) {
            if (kind.modeBits() == bits && kind != FileKind.DIRECTORY) {
                return kind;
            }
        }
        return FileKind.REGULAR;
    }
}
