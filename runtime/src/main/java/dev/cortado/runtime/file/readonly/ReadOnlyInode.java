package dev.cortado.runtime.file.readonly;

import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;

/** A file that does not change: it is its number in its file system. */
public abstract class ReadOnlyInode implements Inode {
    private final FileSystem owner;
    private final long number;
    private final FileKind kind;

    protected ReadOnlyInode(FileSystem owner, long number, FileKind kind) {
        this.owner = owner;
        this.number = number;
        this.kind = kind;
    }

    final boolean isOf(FileSystem fileSystem) {
        return owner == fileSystem;
    }

    @Override
    public final long number() {
        return number;
    }

    @Override
    public final FileKind kind() {
        return kind;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof ReadOnlyInode inode
                && inode.owner == owner
                && inode.number == number
                && inode.kind == kind;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public String toString() {
        return "file " + number + " of " + owner.type();
    }
}
