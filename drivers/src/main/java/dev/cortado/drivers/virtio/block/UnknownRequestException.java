package dev.cortado.drivers.virtio.block;

import java.io.IOException;

/** A device does not know a request (VIRTIO 1.2, 5.2.6: VIRTIO_BLK_S_UNSUPP). */
final class UnknownRequestException extends IOException {
    private static final long serialVersionUID = 1;

    UnknownRequestException(String device, long position, long length) {
        super(
                "%s: a request that it does not know with %d bytes at %d"
                        .formatted(device, length, position));
    }
}
