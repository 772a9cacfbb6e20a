package dev.cortado.drivers.virtio.queue;

import java.io.IOException;

/** The device wrote what it must not; nothing in the queue can be trusted until it is reset. */
public final class BrokenQueueException extends IOException {
    private static final long serialVersionUID = 1;

    public BrokenQueueException(String message) {
        super(message);
    }
}
