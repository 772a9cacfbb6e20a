package dev.cortado.runtime.file.storage.cache;

import java.nio.ByteBuffer;

/**
 * Some neighbouring blocks of a file in memory. Guarded by its file's lock, but for what {@link
 * PageQueue} keeps in it, and for the bytes of blocks that are there, which only a writer changes,
 * whom no reader meets.
 */
final class Page {
    private final PagedFile file;
    private final long number;
    private final ByteBuffer bytes;
    private final long[] places;

    /** A bit for each block whose bytes are here. */
    private long present;

    /** A bit for each block whose bytes are not on the disk yet. */
    private long dirty;

    /** A bit for each block of which a copy is on its way to the disk. */
    private long writing;

    /** Whether it was used since the queue looked; a lost update does no harm. */
    private boolean isUsed;

    // The queue's, with the queue's lock.
    Page before;
    Page behind;
    boolean isQueued;

    /**
     * @param bytes of a page, whatever they are
     */
    Page(PagedFile file, long number, int blocks, ByteBuffer bytes) {
        this.file = file;
        this.number = number;
        this.bytes = bytes;
        places = new long[blocks];
    }

    PagedFile file() {
        return file;
    }

    long number() {
        return number;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    long place(int block) {
        return places[block];
    }

    void setPlace(int block, long place) {
        places[block] = place;
    }

    boolean isPresent(int block) {
        return (present >>> block & 1) != 0;
    }

    void setPresent(int block) {
        present |= 1L << block;
    }

    boolean isDirty(int block) {
        return (dirty >>> block & 1) != 0;
    }

    boolean isDirty() {
        return dirty != 0;
    }

    void setDirty(int block) {
        dirty |= 1L << block;
    }

    /** Forgets a block and those behind it. */
    void dropFrom(int block) {
        for (int i = block; i < places.length; i++) {
            present &= ~(1L << i);
            dirty &= ~(1L << i);
            places[i] = FileBlocks.HOLE;
        }
    }

    /** Whether some of it is not on the disk yet. */
    boolean isUnwritten() {
        return dirty != 0 || writing != 0;
    }

    /** What is dirty has been copied, to be written. */
    void beginWriting() {
        writing = dirty;
        dirty = 0;
    }

    /**
     * @param isTried else it is as dirty as before
     */
    void endWriting(boolean isTried) {
        dirty |= isTried ? 0 : writing;
        writing = 0;
    }

    boolean isUsed() {
        return isUsed;
    }

    void setUsed(boolean isNowUsed) {
        isUsed = isNowUsed;
    }
}
