package dev.cortado.drivers.virtio.folder;

import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;

/** In what the devices differ that share folders. */
public interface FolderDevice {
    /** Instead of a queue's number: there is none. */
    int NONE = -1;

    /** What its messages are, as mounts call it. */
    String protocol();

    /** Features that the driver needs. */
    long features();

    /** The queue of requests. */
    int requestQueue();

    /** The queue of what is urgent and has no reply, or NONE. */
    int urgentQueue();

    /**
     * The name that a host has given to a folder.
     *
     * @throws VirtioException it is empty, too long, or nothing that one could type
     */
    String tag(VirtioDevice device) throws VirtioException;
}
