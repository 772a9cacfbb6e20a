package dev.cortado.drivers.virtio.folder;

import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;

/**
 * A folder by messages of FUSE (VIRTIO 1.2, 5.11). Its queues are those of a device that was not
 * asked for notifications: the urgent one, and requests behind it (5.11.2), of which the first is
 * enough.
 */
public final class VirtiofsDevice implements FolderDevice {
    /** 5.11.4: padded with zeros, and without one behind it if it has all the bytes. */
    private static final int TAG = 0;

    private static final int TAG_BYTES = 36;

    /** 5.11.4, num_request_queues: 1 or more. */
    private static final int REQUEST_QUEUES = 36;

    @Override
    public String protocol() {
        return "virtiofs";
    }

    @Override
    public long features() {
        return 0;
    }

    @Override
    public int requestQueue() {
        return 1;
    }

    @Override
    public int urgentQueue() {
        return 0;
    }

    @Override
    public String tag(VirtioDevice device) throws VirtioException {
        int queues = device.configuration().read(registers -> registers.read32(REQUEST_QUEUES));
        if (queues == 0) {
            throw device.fail("it has no queue for requests");
        }
        FolderTag padded =
                device.configuration().read(registers -> FolderTag.read(registers, TAG, TAG_BYTES));
        int end = padded.latin().indexOf(0);
        FolderTag tag = end < 0 ? padded : new FolderTag(padded.latin().substring(0, end));
        return tag.text(device, TAG_BYTES);
    }
}
