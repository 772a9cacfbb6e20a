package dev.cortado.runtime.file.imagefs;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.readonly.ReadOnlyInode;

/** A regular file or a symbolic link; a directory is an {@link ImageDirectory}. */
class ImageInode extends ReadOnlyInode {
    /** What {@code st_blocks} counts (POSIX, sys/stat.h), and the file system's block. */
    static final int BLOCK_BYTES = 512;

    private final int permissions;
    private final long modified;
    private final byte[] content;

    /**
     * @param modified nanoseconds since 1970
     * @param content a file's bytes, or a link's target; nobody changes it
     */
    ImageInode(
            ImageFileSystem owner,
            long number,
            FileKind kind,
            int permissions,
            long modified,
            byte[] content) {
        super(owner, number, kind);
        this.permissions = permissions;
        this.modified = modified;
        this.content = content;
    }

    byte[] content() {
        return content;
    }

    /** How many blocks the content fills. */
    long blocks() {
        return ((long) content.length + BLOCK_BYTES - 1) / BLOCK_BYTES;
    }

    Attributes attributes() {
        return new Attributes(
                0,
                number(),
                kind(),
                permissions,
                1,
                0,
                0,
                content.length,
                blocks(),
                modified,
                modified,
                modified,
                modified);
    }
}
