package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.map.MappedContents;

/** A file in the tree: what a path leads to. */
record Location(Mount mount, Inode inode) {
    FileSystem fileSystem() {
        return mount.fileSystem();
    }

    /** What its file system's files contain. */
    MappedContents contents() {
        return mount.contents();
    }

    boolean isDirectory() {
        return inode.isDirectory();
    }

    void requireDirectory() throws FileException {
        if (!isDirectory()) {
            throw new FileException(Errno.ENOTDIR);
        }
    }

    void requireWritable() throws FileException {
        if (mount.readOnly()) {
            throw new FileException(Errno.EROFS);
        }
    }
}
