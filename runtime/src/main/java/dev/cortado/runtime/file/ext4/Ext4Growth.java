package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.make.Ext4Grower;
import dev.cortado.runtime.file.storage.Storage;

/** Gives a file system that is not mounted all of its device. */
public final class Ext4Growth {
    private Ext4Growth() {}

    /**
     * Replays the journal and grows the file system as far as it goes; safe from crashes, as far as
     * its journal makes it so. It is to be mounted after that.
     *
     * @param options to mount it with, to be written
     * @throws FileException as {@link Ext4FileSystem#mount}; ENOSPC if the journal is too small
     */
    public static Ext4Grower.Growth grow(Storage storage, MountOptions options)
            throws FileException {
        return Ext4Mount.grow(storage, options);
    }
}
