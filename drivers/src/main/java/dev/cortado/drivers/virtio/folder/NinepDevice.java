package dev.cortado.drivers.virtio.folder;

import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;

/**
 * A folder by 9P (Linux, include/uapi/linux/virtio_9p.h; VIRTIO 1.2 knows its number only, 5). The
 * tag is a length of 16 bits and as many bytes.
 */
public final class NinepDevice implements FolderDevice {
    /** VIRTIO_9P_MOUNT_TAG: the device has one. */
    static final long FEATURE = 1;

    private static final int LENGTH = 0;
    private static final int TEXT = 2;

    /** QEMU has 31 and no more (MAX_TAG_LEN). */
    private static final int MOST_BYTES = 255;

    @Override
    public String protocol() {
        return "9p";
    }

    @Override
    public long features() {
        return FEATURE;
    }

    @Override
    public int requestQueue() {
        return 0;
    }

    @Override
    public int urgentQueue() {
        return NONE;
    }

    @Override
    public String tag(VirtioDevice device) throws VirtioException {
        if (!device.has(FEATURE)) {
            throw device.fail("it has no mount tag");
        }
        return device.configuration()
                .read(registers -> {
                    int length = Math.min(registers.read16(LENGTH), MOST_BYTES + 1);
                    return FolderTag.read(registers, TEXT, length);
                })
                .text(device, MOST_BYTES);
    }
}
