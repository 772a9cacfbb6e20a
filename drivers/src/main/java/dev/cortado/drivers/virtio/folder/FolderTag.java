package dev.cortado.drivers.virtio.folder;

import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a folder's name in a device's configuration.
 *
 * @param latin one character a byte: compared by what it is, since it may be read twice
 */
record FolderTag(String latin) {
    /**
     * @param offset of the first byte in the configuration
     */
    static FolderTag read(Registers registers, int offset, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) registers.read8(offset + i);
        }
        return new FolderTag(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /**
     * What it says.
     *
     * @param most bytes that it may have
     */
    String text(VirtioDevice device, int most) throws VirtioException {
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > most) {
            throw device.fail("its mount tag has more than " + most + " bytes");
        }
        String tag = new String(bytes, StandardCharsets.UTF_8);
        if (tag.isEmpty() || tag.chars().anyMatch(each -> each <= ' ' || each == 0xfffd)) {
            throw device.fail("its mount tag is no text");
        }
        return tag;
    }
}
