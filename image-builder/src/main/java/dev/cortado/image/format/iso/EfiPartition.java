package dev.cortado.image.format.iso;

import dev.cortado.image.format.bytes.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The EFI system partition of a disk (UEFI 2.10, 5.3 "GUID Partition Table").
 *
 * @param offset in bytes
 * @param size in bytes
 */
record EfiPartition(long offset, long size) {
    private static final int SECTOR_BYTES = 512;

    /** "EFI PART". */
    private static final long SIGNATURE = 0x5452415020494645L;

    private static final int ENTRIES = 72;
    private static final int ENTRY_COUNT = 80;
    private static final int ENTRY_SIZE = 84;
    private static final int MOST_ENTRIES = 128;
    private static final int ENTRY_BYTES = 128;
    private static final int FIRST_SECTOR = 32;
    private static final int LAST_SECTOR = 40;

    /** C12A7328-F81F-11D2-BA4B-00A0C93EC93B as it lies in a table. */
    private static final long TYPE_LOW = 0x11D2F81FC12A7328L;

    private static final long TYPE_HIGH = 0x3BC93EC9A0004BBAL;

    /** Empty if the disk has no table, or none that is as usual. */
    static Optional<EfiPartition> find(ByteSource disk) {
        if (disk.size() < 2 * SECTOR_BYTES) {
            return Optional.empty();
        }
        ByteBuffer header = bytes(disk, SECTOR_BYTES, SECTOR_BYTES);
        int count = header.getInt(ENTRY_COUNT);
        if (header.getLong(0) != SIGNATURE
                || header.getInt(ENTRY_SIZE) != ENTRY_BYTES
                || count < 0
                || count > MOST_ENTRIES) {
            return Optional.empty();
        }
        long entries = header.getLong(ENTRIES);
        if (entries < 0 || entries > disk.size() / SECTOR_BYTES) {
            return Optional.empty();
        }
        ByteBuffer table = bytes(disk, entries * SECTOR_BYTES, count * ENTRY_BYTES);
        for (int at = 0; at < table.limit(); at += ENTRY_BYTES) {
            if (table.getLong(at) == TYPE_LOW && table.getLong(at + Long.BYTES) == TYPE_HIGH) {
                return of(disk, table.getLong(at + FIRST_SECTOR), table.getLong(at + LAST_SECTOR));
            }
        }
        return Optional.empty();
    }

    private static Optional<EfiPartition> of(ByteSource disk, long first, long last) {
        long sectors = disk.size() / SECTOR_BYTES;
        if (first < 0 || last < first || last >= sectors) {
            throw disk.damaged(
                    "its EFI system partition goes from sector %s to %s of %d",
                    Long.toUnsignedString(first), Long.toUnsignedString(last), sectors);
        }
        long size = (last - first + 1) * SECTOR_BYTES;
        return Optional.of(new EfiPartition(first * SECTOR_BYTES, size));
    }

    private static ByteBuffer bytes(ByteSource disk, long position, int length) {
        return disk.bytes(position, length, "the table of partitions")
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
