package dev.cortado.drivers.qemu;

import dev.cortado.drivers.register.Registers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * QEMU's device by its documentation (docs/specs/fw_cfg.rst): a write of the selector goes to an
 * item's first byte, a read of the data takes the next one, and there are zeros behind the last.
 */
final class FirmwareModel implements Registers {
    private final Map<Integer, byte[]> items = new TreeMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private byte[] selected = {};
    private int position;
    long reads;

    FirmwareModel() {
        item(0, "QEMU".getBytes(StandardCharsets.US_ASCII));
        item(1, new byte[] {1, 0, 0, 0});
    }

    FirmwareModel item(int selector, byte[] content) {
        items.put(selector, content);
        return this;
    }

    /** Adds a file, and it to the directory, as QEMU does: sorted by name. */
    FirmwareModel file(String name, String content) {
        files.put(name, content.getBytes(StandardCharsets.UTF_8));
        ByteBuffer directory = ByteBuffer.allocate(4 + 64 * files.size());
        directory.putInt(files.size());
        int selector = 0x20;
        for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
            item(selector, file.getValue());
            directory
                    .putInt(file.getValue().length)
                    .putShort((short) selector++)
                    .putShort((short) 0);
            byte[] padded = new byte[56];
            byte[] text = file.getKey().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, padded, 0, text.length);
            directory.put(padded);
        }
        return item(0x19, directory.array());
    }

    @Override
    public long bytes() {
        return 2;
    }

    @Override
    public int read8(long offset) {
        if (offset != 1) {
            throw new AssertionError("the selector can only be written");
        }
        reads++;
        return position < selected.length ? selected[position++] & 0xff : 0;
    }

    @Override
    public void write16(long offset, int value) {
        if (offset != 0) {
            throw new AssertionError("the data cannot be written");
        }
        selected = items.getOrDefault(value, new byte[0]);
        position = 0;
    }

    @Override
    public int read16(long offset) {
        throw new AssertionError("16 bits of " + offset);
    }

    @Override
    public int read32(long offset) {
        throw new AssertionError("32 bits of " + offset);
    }

    @Override
    public void write8(long offset, int value) {
        throw new AssertionError("8 bits to " + offset);
    }

    @Override
    public void write32(long offset, int value) {
        throw new AssertionError("32 bits to " + offset);
    }
}
