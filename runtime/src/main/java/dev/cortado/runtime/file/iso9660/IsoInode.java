package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.Inode;
import java.util.List;

/**
 * A file, which is where its record is: a directory, where the record of itself is in it.
 *
 * @param parent the directory that it was found in; the root's is null
 * @param extents of its content, one behind the other
 * @param target of a symbolic link, else null
 * @param encoding how the content is kept, if that is not understood; else null
 */
record IsoInode(
        IsoFileSystem owner,
        IsoInode parent,
        Attributes attributes,
        List<Extent> extents,
        byte[] target,
        String encoding)
        implements Inode {
    @Override
    public long number() {
        return attributes.inode();
    }

    @Override
    public FileKind kind() {
        return attributes.kind();
    }

    /** Whether it is a directory, or one of those that it is in. */
    boolean isBelow(long directory) {
        IsoInode at = this;
        while (at != null && at.number() != directory) {
            at = at.parent;
        }
        return at != null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IsoInode inode
                && inode.owner == owner
                && inode.number() == number()
                && inode.kind() == kind();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number());
    }

    @Override
    public String toString() {
        return "file at byte " + number();
    }
}
