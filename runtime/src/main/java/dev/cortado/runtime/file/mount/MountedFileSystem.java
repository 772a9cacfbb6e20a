package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;

/** A file system that somebody has to take care of, until it is unmounted. */
public interface MountedFileSystem {
    FileSystem fileSystem();

    /**
     * Returns when all that was done before this call is where it survives the machine's end.
     *
     * @throws FileException EIO
     */
    void commit() throws FileException;

    /**
     * Leaves everything as the next one likes to find it; afterwards nothing can be changed any
     * more.
     *
     * @throws FileException EIO
     */
    void unmount() throws FileException;
}
