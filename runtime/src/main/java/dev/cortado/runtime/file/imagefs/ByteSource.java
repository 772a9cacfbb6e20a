package dev.cortado.runtime.file.imagefs;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/** Bytes that files' contents are parts of. Any thread may read them. */
public interface ByteSource {
    /** How many there are. */
    long size();

    /**
     * Fills a buffer's remaining room with bytes from an offset on, all of which there are.
     *
     * @throws FileException EIO where there is a device
     */
    void read(long offset, ByteBuffer to) throws FileException;
}
