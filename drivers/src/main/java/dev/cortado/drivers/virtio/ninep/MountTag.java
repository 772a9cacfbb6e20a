package dev.cortado.drivers.virtio.ninep;

import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;
import java.nio.charset.StandardCharsets;

/**
 * The name that a host has given to a folder, in the device's configuration (Linux,
 * virtio_9p_config): a length of 16 bits and as many bytes.
 */
final class MountTag {
    /** VIRTIO_9P_MOUNT_TAG: the device has one. */
    static final long FEATURE = 1;

    private static final int LENGTH = 0;
    private static final int TEXT = 2;

    /** QEMU has 31 and no more (MAX_TAG_LEN). */
    private static final int MOST_BYTES = 255;

    private MountTag() {}

    /**
     * Reads it.
     *
     * @throws VirtioException it is empty, too long, or nothing that one could type
     */
    static String read(VirtioDevice device) throws VirtioException {
        if (!device.has(FEATURE)) {
            throw device.fail("it has no mount tag");
        }
        byte[] bytes =
                device.configuration()
                        .read(registers -> new Text(registers.read16(LENGTH), registers))
                        .bytes();
        if (bytes.length > MOST_BYTES) {
            throw device.fail("its mount tag has more than " + MOST_BYTES + " bytes");
        }
        String tag = new String(bytes, StandardCharsets.UTF_8);
        if (tag.isEmpty() || tag.chars().anyMatch(each -> each <= ' ' || each == 0xfffd)) {
            throw device.fail("its mount tag is no text");
        }
        return tag;
    }

    /** Compared by what it is, since it may be read twice. */
    private record Text(String latin) {
        Text(int length, Registers registers) {
            this(latin(length, registers));
        }

        private static String latin(int length, Registers registers) {
            int count = Math.min(length, MOST_BYTES + 1);
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                bytes[i] = (byte) registers.read8(TEXT + i);
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        byte[] bytes() {
            return latin.getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
