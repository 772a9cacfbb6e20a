package dev.cortado.runtime.file.storage.transaction;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/**
 * A step, from {@link MetadataStore#begin} to {@link #close}: what it changed becomes part of the
 * running transaction if {@link #done} was called before, and is as it was if not, so that a call
 * that fails half way leaves nothing behind. For one thread, which has the file system's lock.
 */
public interface Change extends AutoCloseable {
    /**
     * A block to be changed: little-endian, of the whole block. Later calls, and {@link
     * MetadataStore#read}, give the same bytes.
     */
    ByteBuffer modify(long block) throws FileException;

    /** As {@link #modify} for a block whose bytes do not matter: it is zeros, and is not read. */
    ByteBuffer create(long block) throws FileException;

    /**
     * Blocks were freed, of data or of metadata: they are held until this is committed, and what an
     * earlier change put into them is neither written nor, after a crash, replayed.
     */
    void free(long block, long count) throws FileException;

    /** How many more blocks may be changed. */
    int credits();

    /**
     * Makes what was changed so far a step of its own and goes on, with new credits: for what is
     * too long for one. What is there is then good enough after a crash.
     */
    void next(int credits) throws FileException;

    void done();

    @Override
    void close();
}
