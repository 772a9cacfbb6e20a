package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.readonly.ReadOnlyInode;
import java.util.List;

/** A file, which is where its record is: a directory, where the record of itself is in it. */
final class IsoInode extends ReadOnlyInode {
    private final IsoInode parent;
    private final Attributes attributes;
    private final List<Extent> extents;
    private final byte[] target;
    private final String encoding;

    /**
     * @param parent the directory that it was found in; the root's is null
     * @param extents of its content, one behind the other
     * @param target of a symbolic link, else null
     * @param encoding how the content is kept, if that is not understood; else null
     */
    IsoInode(
            IsoFileSystem owner,
            IsoInode parent,
            Attributes attributes,
            List<Extent> extents,
            byte[] target,
            String encoding) {
        super(owner, attributes.inode(), attributes.kind());
        this.parent = parent;
        this.attributes = attributes;
        this.extents = extents;
        this.target = target;
        this.encoding = encoding;
    }

    IsoInode parent() {
        return parent;
    }

    Attributes attributes() {
        return attributes;
    }

    List<Extent> extents() {
        return extents;
    }

    byte[] target() {
        return target;
    }

    String encoding() {
        return encoding;
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
    public String toString() {
        return "file at byte " + number();
    }
}
