package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.FileException;

/** Who shares a folder. */
@FunctionalInterface
public interface Server {
    /**
     * A new way to it, on which nothing has been said; the one before is at its end.
     *
     * @throws FileException EIO: there is none any more
     */
    Transport connect() throws FileException;
}
