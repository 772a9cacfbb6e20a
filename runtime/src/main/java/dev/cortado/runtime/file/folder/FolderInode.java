package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.Inode;
import java.util.Arrays;

/**
 * A file of a shared folder. Of one file there may be several, each with the way that led to it and
 * perhaps a handle of its own.
 */
final class FolderInode implements Inode {
    /**
     * How it was found.
     *
     * @param from null for the shared folder itself
     * @param name an entry's, or {@code ..}
     */
    record Step(FolderInode from, byte[] name) {}

    private final FolderFileSystem owner;
    private final long number;
    private final FileKind kind;
    private final Step step;
    private final Attributes seen;

    /** Null if the server knows it by none now. Guarded by {@link Handles}, as the next one. */
    private Handle handle;

    private int pins;

    /** How many have retained the file by it. Guarded by {@link HeldFiles}. */
    private volatile int holders;

    /**
     * @param seen what it was like when it was found; null if nobody has looked
     */
    FolderInode(FolderFileSystem owner, long number, FileKind kind, Step step, Attributes seen) {
        this.owner = owner;
        this.number = number;
        this.kind = kind;
        this.step = step;
        this.seen = seen;
    }

    FolderFileSystem owner() {
        return owner;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public FileKind kind() {
        return kind;
    }

    Step step() {
        return step;
    }

    /** Whether that was by an entry's name. */
    boolean isAt(FolderInode directory, byte[] name) {
        return step != null && step.from().equals(directory) && Arrays.equals(step.name(), name);
    }

    Attributes seen() {
        return seen;
    }

    Handle handle() {
        return handle;
    }

    void setHandle(Handle now) {
        handle = now;
    }

    /** How many need its handle now. */
    int pins() {
        return pins;
    }

    void addPins(int difference) {
        pins += difference;
    }

    void addHolders(int difference) {
        holders += difference;
    }

    /**
     * Whether its handle may be another file's by now, since somebody has retained it long ago; the
     * shared folder itself has no name that could be.
     */
    boolean isOld() {
        return step != null && holders > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FolderInode inode && inode.number == number && inode.owner == owner;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
