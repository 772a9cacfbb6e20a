package dev.cortado.runtime.file.storage.cache;

/**
 * Some neighbouring blocks of a file in memory. Guarded by its file's lock, but for what {@link
 * PageQueue} keeps in it.
 */
final class Page {
    private final PagedFile file;
    private final long number;
    private final int memory;
    private final long[] places;

    /** A bit for each block whose bytes are here. */
    private long present;

    /** A bit for each block whose bytes are not on the disk yet. */
    private long dirty;

    /** A bit for each block of which a copy is on its way to the disk. */
    private long writing;

    /** Whether its memory is kept. */
    private boolean isKept = true;

    // The queue's, with the queue's lock.
    Page before;
    Page behind;
    boolean isQueued;

    /**
     * @param memory with any contents, which is kept
     */
    Page(PagedFile file, long number, int blocks, int memory) {
        this.file = file;
        this.number = number;
        this.memory = memory;
        places = new long[blocks];
    }

    PagedFile file() {
        return file;
    }

    long number() {
        return number;
    }

    /** Where its bytes are, by a number of {@link CacheMemory}. */
    int memory() {
        return memory;
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

    boolean isKept() {
        return isKept;
    }

    void setKept(boolean isNowKept) {
        isKept = isNowKept;
    }
}
