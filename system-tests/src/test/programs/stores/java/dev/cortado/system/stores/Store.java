package dev.cortado.system.stores;

/** What a library keeps in files: batches, one after the other. */
public interface Store extends AutoCloseable {
    /**
     * The number of the last batch that is in it, and 0 of an empty one.
     *
     * @throws IllegalStateException if what has to be in it is not
     */
    int found() throws Exception;

    /** Puts a batch in, which is on the disk when this returns. */
    void put(Batch batch) throws Exception;
}
