package dev.cortado.runtime.file.storage.cache;

import java.nio.ByteBuffer;

/**
 * The memory of a cache's pages. Its owner knows each page's by a number, and {@linkplain #leave
 * leaves} it when he does not want it any more. Until then he has it, but that the machine may take
 * it for something else: not while it is {@linkplain #keep kept}, as it is at first, or {@linkplain
 * #pin pinned}.
 */
public interface CacheMemory {
    /** No page. */
    int NONE = -1;

    /** Of pages, beside those that are kept. */
    long freeBytes();

    /** Of pages that may be kept for long, however much is free: others may want it soon. */
    long mostKeptBytes();

    /**
     * A page with any contents, which is kept.
     *
     * @param isNeeded others' pages may go for it, and whoever wants it cannot go on without one
     * @return {@link #NONE} if others may need the memory
     */
    int allocate(boolean isNeeded);

    /** The bytes of a page that is kept or pinned, from position 0 to the limit. */
    ByteBuffer bytes(int page);

    /** How many pages the machine has ever taken of all there are, modulo 2^32. */
    int taken();

    /** Whether the machine has taken it. */
    boolean isGone(int page);

    /**
     * It stays until {@link #unpin}; false if it is gone.
     *
     * @param isUse whether that is a reason for it to stay longer
     */
    boolean pin(int page, boolean isUse);

    void unpin(int page);

    /** One that is pinned stays until {@link #expose}. */
    void keep(int page);

    /** What is in one that is kept can be had again. */
    void expose(int page);

    /** Keeps one that nobody uses, for something else; false if somebody does, or it is gone. */
    boolean claim(int page);

    /** Whether it was used since this was asked last. */
    boolean takeUse(int page);

    /** It is not its owner's any more. Who has it pinned has it until he unpins it. */
    void leave(int page);
}
