package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;

/** A kind of file systems, as mounts see it. */
public interface FileSystemKind {
    /** Whether a type of a mount means this kind. */
    boolean isNamed(String type);

    boolean needsDevice();

    /**
     * The label of what is on a device, which is of this kind.
     *
     * @param contents as a first look has found them
     * @throws FileException EIO
     */
    default String label(Storage device, Contents contents) throws FileException {
        return contents.label();
    }

    /**
     * Mounts one.
     *
     * @param device null if none is needed
     * @throws FileException of the device
     * @throws MountException what is there cannot be mounted, or not with these options
     */
    MountedFileSystem mount(Storage device, MountSpec spec) throws FileException, MountException;

    /**
     * Whether a device, on which nothing is that is known, has nothing on it at all.
     *
     * @throws FileException EIO
     */
    default boolean isBlank(Storage device) throws FileException {
        return false;
    }

    /**
     * Makes a new one on a blank device.
     *
     * @throws MountException it cannot
     */
    default void format(Storage device) throws FileException, MountException {
        throw new MountException("format-if-blank makes only ext4");
    }

    /**
     * Lets one that is not mounted, but is going to be, have all of its device.
     *
     * @return whether it is larger now
     * @throws MountException it cannot
     */
    default boolean grow(Storage device, MountSpec spec) throws FileException, MountException {
        throw new MountException("grow is for ext4");
    }
}
