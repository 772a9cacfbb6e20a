package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.Inode;

/**
 * A file of a shared folder. Of one file there may be several, each with the way that led to it and
 * perhaps a fid of its own.
 */
final class NinepInode implements Inode {
    /**
     * How it was found.
     *
     * @param from null for the shared folder itself
     * @param name an entry's, or {@code ..}
     */
    record Step(NinepInode from, byte[] name) {}

    private final NinepFileSystem owner;
    private final long number;
    private final FileKind kind;
    private final Step step;
    private final Attributes seen;

    /** Null if the server knows it by none now. Guarded by {@link Fids}, as the next one. */
    private Fid fid;

    private int pins;

    /**
     * @param seen what it was like when it was found; null if nobody has looked
     */
    NinepInode(NinepFileSystem owner, long number, FileKind kind, Step step, Attributes seen) {
        this.owner = owner;
        this.number = number;
        this.kind = kind;
        this.step = step;
        this.seen = seen;
    }

    NinepFileSystem owner() {
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

    Attributes seen() {
        return seen;
    }

    Fid fid() {
        return fid;
    }

    void setFid(Fid now) {
        fid = now;
    }

    /** How many need its fid now. */
    int pins() {
        return pins;
    }

    void addPins(int difference) {
        pins += difference;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NinepInode inode && inode.number == number && inode.owner == owner;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
