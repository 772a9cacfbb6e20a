package dev.cortado.runtime.file.imagefs;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import java.util.Arrays;

/** A directory: its names in the order of their bytes, and the file of each. */
final class ImageDirectory extends ImageInode {
    private static final byte[] NO_CONTENT = {};

    private final ImageDirectory parent;
    private final FileName[] names;
    private final ImageInode[] files;

    /**
     * @param parent null for the root
     * @param names sorted; their files are added in the same order
     */
    ImageDirectory(
            ImageFileSystem owner,
            long number,
            int permissions,
            long modified,
            ImageDirectory parent,
            FileName[] names) {
        super(owner, number, FileKind.DIRECTORY, permissions, modified, NO_CONTENT);
        this.parent = parent == null ? this : parent;
        this.names = names;
        files = new ImageInode[names.length];
    }

    /** Called while the tree is made. */
    void set(int place, ImageInode file) {
        files[place] = file;
    }

    /** The directory that it is in; the root's is the root. */
    ImageDirectory parent() {
        return parent;
    }

    /** The file of a name; null if there is none. */
    ImageInode find(FileName name) {
        int place = Arrays.binarySearch(names, name);
        return place < 0 ? null : files[place];
    }

    /** The entry behind a cookie, which is how many come before it; null if there is none. */
    DirectoryEntry next(long cookie) {
        if (cookie < 0 || cookie >= names.length) {
            return null;
        }
        int place = (int) cookie;
        ImageInode file = files[place];
        return new DirectoryEntry(names[place], cookie + 1, file.number(), file.kind());
    }
}
