package dev.cortado.runtime.file.vfat;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.Inode;

/** A file, whose number is where its slot is on the disk. */
final class VfatInode implements Inode {
    private final VfatFileSystem owner;
    private final VfatInode parent;
    private final Attributes attributes;
    private final int cluster;
    private volatile Content content;

    /**
     * @param parent the directory that it was found in; the root's is null
     * @param cluster where its content begins, 0 for nowhere
     * @param content null if it is not known yet
     */
    VfatInode(
            VfatFileSystem owner,
            VfatInode parent,
            Attributes attributes,
            int cluster,
            Content content) {
        this.owner = owner;
        this.parent = parent;
        this.attributes = attributes;
        this.cluster = cluster;
        this.content = content;
    }

    VfatFileSystem owner() {
        return owner;
    }

    VfatInode parent() {
        return parent;
    }

    Attributes attributes() {
        return attributes;
    }

    /** Whether a directory begins with a cluster, or one of those that it is in. */
    boolean isBelow(int directory) {
        VfatInode at = this;
        while (at != null && at.cluster != directory) {
            at = at.parent;
        }
        return at != null;
    }

    /**
     * Its bytes, which are looked for when they are needed first.
     *
     * @throws FileException EUCLEAN
     */
    Content content() throws FileException {
        Content known = content;
        if (known == null) {
            known = owner.content(cluster, attributes);
            content = known;
        }
        return known;
    }

    @Override
    public long number() {
        return attributes.inode();
    }

    @Override
    public FileKind kind() {
        return attributes.kind();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VfatInode inode
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
