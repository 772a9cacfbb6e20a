package dev.cortado.drivers.virtio.transport;

import java.io.IOException;

/** A device cannot be driven: it says what cannot be, refuses, or does not answer. */
public final class VirtioException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * @param device its name
     */
    public VirtioException(String device, String message) {
        super(device + ": " + message);
    }
}
