package dev.cortado.boot.gpt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * Writes the protective master boot record, the table, and the table's copy at the disk's end.
 *
 * <pre>
 *   sector 0          master boot record: one partition for all that there is
 *   sector 1          header
 *   sectors 2-33      entries
 *   ...               the partitions
 *   last 33 sectors   entries again, and a header that tells of them
 * </pre>
 */
public final class PartitionTable {
    public static final int SECTOR_SIZE = 512;

    /** The first that a partition can have. */
    public static final int FIRST_USABLE_SECTOR = 34;

    /** Sectors after the last partition. */
    public static final int BACKUP_SECTORS = 33;

    // The master boot record (UEFI 2.10, 5.2.3 "Protective MBR").

    /** Bytes of code at most, from the record's first byte. */
    public static final int BOOT_CODE_SIZE = 440;

    private static final int PARTITION_RECORD = 446;

    /** Where the record has {@link #BOOT_SIGNATURE_VALUE}, 16 bits. */
    public static final int BOOT_SIGNATURE = 510;

    public static final int BOOT_SIGNATURE_VALUE = 0xAA55;

    private static final int PROTECTIVE_TYPE = 0xEE;

    /** Cylinder, head and sector of the disk's second sector, and where they cannot be said. */
    private static final int SECOND_SECTOR_CHS = 0x00_0200;

    private static final int BEYOND_CYLINDERS = 0xFF_FFFF;

    // The header (UEFI 2.10, table 5.5).

    private static final long SIGNATURE = 0x5452_4150_2049_4645L;
    private static final int REVISION = 0x1_0000;
    private static final int HEADER_SIZE = 92;
    private static final int HEADER_CHECKSUM = 16;
    private static final int ENTRIES = 128;
    private static final int ENTRY_SIZE = 128;
    private static final int ENTRIES_SECTORS = ENTRIES * ENTRY_SIZE / SECTOR_SIZE;
    private static final int ENTRIES_SECTOR = 2;

    /** In an entry (UEFI 2.10, table 5.6). */
    private static final int ENTRY_NAME = 56;

    private PartitionTable() {}

    /**
     * Writes all of it but the boot code.
     *
     * @param disk the whole disk, zero where the table goes; its limit is a multiple of the sectors
     * @param id the disk's
     * @throws IllegalArgumentException if a partition reaches beyond what the disk has for them, or
     *     into another
     */
    public static void write(ByteBuffer disk, UUID id, List<Partition> partitions) {
        long sectors = disk.limit() / SECTOR_SIZE;
        requireApart(partitions, sectors - BACKUP_SECTORS);
        ByteBuffer bytes = disk.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        protect(bytes, sectors);
        ByteBuffer entries = entries(partitions);
        int last = (int) sectors - 1;
        int copy = last - ENTRIES_SECTORS;
        bytes.put(ENTRIES_SECTOR * SECTOR_SIZE, entries, 0, entries.limit());
        bytes.put(copy * SECTOR_SIZE, entries, 0, entries.limit());
        header(bytes, 1, last, ENTRIES_SECTOR, id, entries);
        header(bytes, last, 1, copy, id, entries);
    }

    private static void requireApart(List<Partition> partitions, long end) {
        long next = FIRST_USABLE_SECTOR;
        for (Partition partition : partitions) {
            if (partition.firstSector() < next || partition.lastSector() >= end) {
                throw new IllegalArgumentException("no room for " + partition);
            }
            next = partition.lastSector() + 1;
        }
    }

    private static void protect(ByteBuffer disk, long sectors) {
        disk.position(PARTITION_RECORD);
        disk.putInt(SECOND_SECTOR_CHS << Byte.SIZE);
        disk.putInt(PROTECTIVE_TYPE | BEYOND_CYLINDERS << Byte.SIZE);
        disk.putInt(1).putInt((int) (sectors - 1));
        disk.putShort(BOOT_SIGNATURE, (short) BOOT_SIGNATURE_VALUE);
    }

    private static ByteBuffer entries(List<Partition> partitions) {
        ByteBuffer entries =
                ByteBuffer.allocate(ENTRIES * ENTRY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < partitions.size(); i++) {
            Partition partition = partitions.get(i);
            entries.position(i * ENTRY_SIZE);
            entries.put(Guid.bytes(partition.type())).put(Guid.bytes(partition.id()));
            entries.putLong(partition.firstSector()).putLong(partition.lastSector());
            byte[] name = partition.name().getBytes(StandardCharsets.UTF_16LE);
            entries.put(i * ENTRY_SIZE + ENTRY_NAME, name);
        }
        return entries.clear();
    }

    private static void header(
            ByteBuffer disk, int sector, int other, int table, UUID id, ByteBuffer entries) {
        int at = sector * SECTOR_SIZE;
        disk.position(at);
        disk.putLong(SIGNATURE).putInt(REVISION).putInt(HEADER_SIZE).putLong(0);
        disk.putLong(sector).putLong(other).putLong(FIRST_USABLE_SECTOR);
        disk.putLong(disk.limit() / SECTOR_SIZE - BACKUP_SECTORS - 1).put(Guid.bytes(id));
        disk.putLong(table).putInt(ENTRIES).putInt(ENTRY_SIZE).putInt(checksum(entries));
        disk.putInt(at + HEADER_CHECKSUM, checksum(disk.slice(at, HEADER_SIZE)));
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes.duplicate());
        return (int) checksum.getValue();
    }
}
