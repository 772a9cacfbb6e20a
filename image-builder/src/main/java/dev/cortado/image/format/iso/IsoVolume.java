package dev.cortado.image.format.iso;

import dev.cortado.image.format.bytes.Blocks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Structures of a volume (ECMA-119, 6 to 9): most numbers are there in both orders of bytes. */
final class IsoVolume {
    static final int SECTOR_BYTES = 2048;

    // What is at which sector.
    static final int DESCRIPTOR = 16;
    static final int BOOT_RECORD = 17;
    static final int END_OF_DESCRIPTORS = 18;
    static final int LITTLE_PATH_TABLE = 19;
    static final int BIG_PATH_TABLE = 20;
    static final int ROOT = 21;
    static final int CATALOG = 22;
    static final int BIOS_CODE = 23;
    static final int DISK = 24;

    static final byte[] IDENTIFIER = "CD001".getBytes(StandardCharsets.US_ASCII);
    static final int TYPE_PRIMARY = 1;
    static final int TYPE_END = 255;

    // Offsets in a volume's descriptor (8.4).
    static final int VOLUME_NAME = 40;
    static final int VOLUME_NAME_BYTES = 32;
    static final int VOLUME_SECTORS = 80;
    static final int ROOT_RECORD = 156;
    private static final int NAMES = 190;
    private static final int DATES = 813;
    private static final int DATE_DIGITS = 16;

    // Offsets in a directory's record (9.1).
    static final int RECORD_EXTENT = 2;
    static final int RECORD_SIZE = 10;
    static final int RECORD_FLAGS = 25;
    static final int RECORD_NAME_BYTES = 32;
    static final int RECORD_NAME = 33;
    static final int IS_DIRECTORY = 2;

    /** Of the path table: one record, for the root (9.4). */
    private static final int PATH_TABLE_BYTES = 10;

    private IsoVolume() {}

    static ByteBuffer sector() {
        return ByteBuffer.allocate(SECTOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int sectors(long bytes) {
        return Math.toIntExact(Blocks.count(bytes, SECTOR_BYTES));
    }

    /** A descriptor of some type, empty (8.1). */
    static ByteBuffer descriptor(int type) {
        ByteBuffer descriptor = sector();
        descriptor.put((byte) type).put(IDENTIFIER).put((byte) 1);
        return descriptor;
    }

    /** The volume's descriptor; it has no dates. */
    static ByteBuffer primary(String name, int sectors) {
        ByteBuffer volume = descriptor(TYPE_PRIMARY);
        spaces(volume, 8, 64);
        spaces(volume, NAMES, DATES - NAMES);
        byte[] volumeName = name.getBytes(StandardCharsets.US_ASCII);
        volume.put(VOLUME_NAME, volumeName, 0, Math.min(volumeName.length, VOLUME_NAME_BYTES));
        both(volume, VOLUME_SECTORS, sectors);
        bothShort(volume, 120, 1);
        bothShort(volume, 124, 1);
        bothShort(volume, 128, SECTOR_BYTES);
        both(volume, 132, PATH_TABLE_BYTES);
        volume.putInt(140, LITTLE_PATH_TABLE);
        volume.putInt(148, Integer.reverseBytes(BIG_PATH_TABLE));
        volume.put(ROOT_RECORD, record(new byte[1], ROOT, SECTOR_BYTES, IS_DIRECTORY).array());
        for (int date = 0; date < 4; date++) {
            int at = DATES + date * (DATE_DIGITS + 1);
            for (int digit = 0; digit < DATE_DIGITS; digit++) {
                volume.put(at + digit, (byte) '0');
            }
        }
        return volume.put(881, (byte) 1).clear();
    }

    private static void spaces(ByteBuffer descriptor, int at, int bytes) {
        for (int i = at; i < at + bytes; i++) {
            descriptor.put(i, (byte) ' ');
        }
    }

    /** A file or directory in a directory (9.1). */
    static ByteBuffer record(byte[] name, int sector, long bytes, int flags) {
        int length = RECORD_NAME + name.length + (name.length + 1) % 2;
        ByteBuffer record = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        record.put(0, (byte) length);
        both(record, RECORD_EXTENT, sector);
        both(record, RECORD_SIZE, Math.toIntExact(bytes));
        record.put(RECORD_FLAGS, (byte) flags);
        bothShort(record, 28, 1);
        record.put(RECORD_NAME_BYTES, (byte) name.length);
        return record.put(RECORD_NAME, name);
    }

    /** The table of paths, of which there is only the root's. */
    static ByteBuffer pathTable(ByteOrder order) {
        ByteBuffer table = sector().order(order);
        return table.put(0, (byte) 1).putInt(2, ROOT).putShort(6, (short) 1);
    }

    private static void both(ByteBuffer structure, int at, int value) {
        structure.putInt(at, value).putInt(at + Integer.BYTES, Integer.reverseBytes(value));
    }

    private static void bothShort(ByteBuffer structure, int at, int value) {
        structure.putShort(at, (short) value);
        structure.putShort(at + Short.BYTES, Short.reverseBytes((short) value));
    }
}
