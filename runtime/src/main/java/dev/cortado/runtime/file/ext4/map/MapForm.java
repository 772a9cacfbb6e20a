package dev.cortado.runtime.file.ext4.map;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.transaction.Change;

/** What {@link FileMap} says, done for maps of one form; all numbers have been checked. */
interface MapForm {
    void clear(Change change) throws FileException;

    long limit();

    Mapping lookup(long block) throws FileException;

    Mapping allocate(Change change, long block, long count) throws FileException;

    boolean isSmall() throws FileException;

    int creditsToAllocate() throws FileException;

    long remove(Change change, long from, long to) throws FileException;

    int creditsToRemove() throws FileException;
}
