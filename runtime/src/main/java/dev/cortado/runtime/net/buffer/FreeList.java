package dev.cortado.runtime.net.buffer;

/** Which buffers of a pool nobody has, by their numbers. For any thread; nothing is allocated. */
public interface FreeList {
    int NONE = -1;

    /** One that is the caller's from now on, or {@link #NONE}. */
    int take();

    /**
     * One is to be given back. Nobody finds it before {@link #give}.
     *
     * @throws IllegalStateException if it is free already
     */
    void leave(int index);

    /** Gives one back. */
    void give(int index);

    /** How many are free; while others take and give, about. */
    int count();
}
