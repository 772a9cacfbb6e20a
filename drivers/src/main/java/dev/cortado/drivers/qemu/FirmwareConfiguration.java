package dev.cortado.drivers.qemu;

import dev.cortado.drivers.register.PortRegisters;
import dev.cortado.drivers.register.Registers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * QEMU's firmware configuration device (QEMU, docs/specs/fw_cfg.rst), by its selector and data
 * ports: items of bytes that whoever starts the machine hands to the guest, among them files that
 * {@code -fw_cfg name=opt/...} has named.
 */
public final class FirmwareConfiguration {
    /** Where a PC has its ports: the selector, 16 bits, and the data behind it, 8 bits. */
    private static final int PORT = 0x510;

    private static final int PORTS = 2;

    /** The selector register, which is read by nobody. */
    static final int SELECTOR = 0;

    /** The data register: a byte of the selected item, the next one with each access. */
    static final int DATA = 1;

    /** FW_CFG_SIGNATURE: the four bytes that say that the device is there. */
    static final int SIGNATURE = 0x0000;

    /** FW_CFG_FILE_DIR: a number of files, 32 bits big-endian, and an entry for each. */
    static final int FILE_DIRECTORY = 0x0019;

    /** FW_CFG_FILE_FIRST: the first item that is a file. */
    static final int FIRST_FILE = 0x20;

    /** Items have 14 bits; those above say what else is meant (FW_CFG_ENTRY_MASK). */
    static final int LAST_ITEM = 0x3fff;

    /** FWCfgFile: size and selector, big-endian, two bytes reserved, and the name. */
    static final int ENTRY_BYTES = 64;

    static final int NAME_BYTES = 56;

    private static final byte[] QEMU = "QEMU".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_FILES = LAST_ITEM - FIRST_FILE + 1;

    private final Registers registers;

    FirmwareConfiguration(Registers registers) {
        this.registers = registers;
    }

    /** This machine's, whether it is there or not. */
    public static FirmwareConfiguration ofMachine() {
        return new FirmwareConfiguration(new PortRegisters(PORT, PORTS));
    }

    /** Whether the machine has it. */
    public synchronized boolean isPresent() {
        return Arrays.equals(read(SIGNATURE, QEMU.length), QEMU);
    }

    /**
     * All files.
     *
     * @throws IOException the directory makes no sense; the message says where
     */
    public synchronized List<FirmwareFile> files() throws IOException {
        int count = ByteBuffer.wrap(read(FILE_DIRECTORY, Integer.BYTES)).getInt();
        if (count < 0 || count > MOST_FILES) {
            throw new IOException(
                    "fw_cfg: a directory of %d files; there are %d at most"
                            .formatted(Integer.toUnsignedLong(count), MOST_FILES));
        }
        List<FirmwareFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(entry(i, ByteBuffer.wrap(next(ENTRY_BYTES))));
        }
        return files;
    }

    private static FirmwareFile entry(int number, ByteBuffer entry) throws IOException {
        long size = Integer.toUnsignedLong(entry.getInt());
        int selector = Short.toUnsignedInt(entry.getShort());
        entry.getShort();
        byte[] name = new byte[NAME_BYTES];
        entry.get(name);
        int length = 0;
        while (length < NAME_BYTES && name[length] != 0) {
            length++;
        }
        if (length == 0 || length == NAME_BYTES) {
            throw new IOException("fw_cfg: file " + number + " has no name that ends");
        }
        if (selector < FIRST_FILE || selector > LAST_ITEM) {
            throw new IOException(
                    "fw_cfg: file %d has selector 0x%x, which is no file's"
                            .formatted(number, selector));
        }
        return new FirmwareFile(
                new String(name, 0, length, StandardCharsets.UTF_8), size, selector);
    }

    /**
     * The content of a file.
     *
     * @param mostBytes that it may have
     * @throws IOException it has more
     */
    public synchronized byte[] read(FirmwareFile file, int mostBytes) throws IOException {
        if (file.size() > mostBytes) {
            throw new IOException(
                    "fw_cfg: %s has %d bytes; it may have %d"
                            .formatted(file.name(), file.size(), mostBytes));
        }
        return read(file.selector(), (int) file.size());
    }

    private byte[] read(int item, int count) {
        registers.write16(SELECTOR, item);
        return next(count);
    }

    /** Bytes behind those that were read of the selected item. */
    private byte[] next(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) registers.read8(DATA);
        }
        return bytes;
    }
}
