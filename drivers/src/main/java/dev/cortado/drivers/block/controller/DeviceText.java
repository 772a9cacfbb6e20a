package dev.cortado.drivers.block.controller;

/** Text of ASCII that a device gives, padded to a fixed size. */
public final class DeviceText {
    private DeviceText() {}

    /** As much of it as is text, without the blanks around it. */
    public static String of(byte[] data, int offset, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = offset; i < offset + bytes && data[i] >= ' ' && data[i] < 0x7f; i++) {
            text.append((char) data[i]);
        }
        return text.toString().strip();
    }
}
