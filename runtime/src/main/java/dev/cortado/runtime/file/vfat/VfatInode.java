package dev.cortado.runtime.file.vfat;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.readonly.ReadOnlyInode;

/** A file, whose number is where its slot is on the disk. */
final class VfatInode extends ReadOnlyInode {
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
        super(owner, attributes.inode(), attributes.kind());
        this.owner = owner;
        this.parent = parent;
        this.attributes = attributes;
        this.cluster = cluster;
        this.content = content;
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
    public String toString() {
        return "file at byte " + number();
    }
}
