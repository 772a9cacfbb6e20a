package dev.cortado.runtime.file.storage.transaction;

import dev.cortado.runtime.file.FileException;

/**
 * What has to be on the disk before the metadata that tells of it: the contents of files. Whoever
 * puts bytes into blocks that a {@link Change} has just taken does so before that change is closed;
 * then no transaction is committed without them.
 */
@FunctionalInterface
public interface OrderedData {
    /**
     * Returns when all bytes of files that were changed before this call have been given to the
     * storage; they are flushed by the caller. Called without a lock of the store that a change
     * would wait for.
     *
     * @throws FileException if no metadata may be written any more
     */
    void write() throws FileException;
}
