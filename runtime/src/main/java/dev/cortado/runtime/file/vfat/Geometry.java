package dev.cortado.runtime.file.vfat;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.StorageReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where everything is, by the BIOS parameter block (FAT32 File System Specification, "Boot Sector
 * and BPB"). Positions and lengths are in bytes.
 *
 * @param table position of the file allocation table that is valid
 * @param root position of the root directory, if it is not in clusters
 * @param rootBytes of that, 0 on FAT32
 * @param rootCluster where it begins if it is in clusters
 * @param data position of the first cluster, whose number is 2
 * @param clusters how many there are
 */
record Geometry(
        StorageReader reader,
        FatKind kind,
        long table,
        long root,
        int rootBytes,
        int rootCluster,
        long data,
        int clusterBytes,
        int clusters) {
    /** The number of the first cluster. */
    static final int FIRST_CLUSTER = 2;

    private static final int BOOT_BYTES = 512;
    private static final int SECTOR_BYTES_AT = 11;
    private static final int CLUSTER_SECTORS_AT = 13;
    private static final int RESERVED_AT = 14;
    private static final int TABLES_AT = 16;
    private static final int ROOT_ENTRIES_AT = 17;
    private static final int SECTORS_AT = 19;
    private static final int TABLE_SECTORS_AT = 22;
    private static final int SECTORS_32_AT = 32;
    private static final int TABLE_SECTORS_32_AT = 36;
    private static final int FLAGS_AT = 40;
    private static final int VERSION_AT = 42;
    private static final int ROOT_CLUSTER_AT = 44;

    private static final int LEAST_SECTOR_BYTES = 512;
    private static final int MOST_SECTOR_BYTES = 4096;

    /** Of FAT32's flags: only one table is valid, whose number is in the lowest bits. */
    private static final int NOT_MIRRORED = 0x80;

    private static final int TABLE_NUMBER = 0x0f;

    /** More are no FAT12 any more. */
    private static final int MOST_OF_FAT12 = 4084;

    /** More are no FAT16 any more, nor FAT32. */
    private static final int MOST_OF_FAT16 = 65524;

    private static final int MOST_OF_FAT32 = 0x0ffffff5;

    /**
     * Reads it.
     *
     * @throws FileException EINVAL if there is no FAT, or one that cannot be; EIO
     */
    static Geometry read(StorageReader reader) throws FileException {
        if (reader.bytes() < BOOT_BYTES) {
            throw refused(reader, "there is no vfat on it: it is too small");
        }
        ByteBuffer boot =
                ByteBuffer.wrap(reader.bytes(0, BOOT_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        int sector = Short.toUnsignedInt(boot.getShort(SECTOR_BYTES_AT));
        int clusterSectors = Byte.toUnsignedInt(boot.get(CLUSTER_SECTORS_AT));
        long reserved = Short.toUnsignedLong(boot.getShort(RESERVED_AT));
        int tables = Byte.toUnsignedInt(boot.get(TABLES_AT));
        boolean isFat =
                Integer.bitCount(sector) == 1
                        && sector >= LEAST_SECTOR_BYTES
                        && sector <= MOST_SECTOR_BYTES
                        && Integer.bitCount(clusterSectors) == 1
                        && reserved > 0
                        && tables > 0;
        if (!isFat) {
            throw refused(reader, "there is no vfat on it");
        }
        long tableSectors = Short.toUnsignedLong(boot.getShort(TABLE_SECTORS_AT));
        boolean isFat32 = tableSectors == 0;
        int validTable = 0;
        if (isFat32) {
            tableSectors = Integer.toUnsignedLong(boot.getInt(TABLE_SECTORS_32_AT));
            validTable = validTable(reader, boot, tables);
        }
        int rootEntries = isFat32 ? 0 : Short.toUnsignedInt(boot.getShort(ROOT_ENTRIES_AT));
        int rootBytes = rootEntries * Slot.BYTES;
        long root = (reserved + tables * tableSectors) * sector;
        long data = root + (rootBytes + sector - 1L) / sector * sector;
        long clusters = (bytes(reader, boot, sector) - data) / (sector * clusterSectors);
        if (clusters <= 0 || !isFat32 && rootEntries == 0) {
            throw refused(
                    reader, "its vfat has no room for " + (clusters <= 0 ? "files" : "names"));
        }
        FatKind kind = kind(isFat32, clusters);
        long entries = tableSectors * sector * Byte.SIZE / kind.bits() - FIRST_CLUSTER;
        long most = isFat32 ? MOST_OF_FAT32 : MOST_OF_FAT16;
        return new Geometry(
                reader,
                kind,
                (reserved + validTable * tableSectors) * sector,
                root,
                rootBytes,
                isFat32 ? boot.getInt(ROOT_CLUSTER_AT) : 0,
                data,
                sector * clusterSectors,
                (int) Math.clamp(Math.min(clusters, entries), 0, most));
    }

    private static int validTable(StorageReader reader, ByteBuffer boot, int tables)
            throws FileException {
        if (boot.getShort(VERSION_AT) != 0) {
            throw refused(reader, "its FAT32 has a version that is not known");
        }
        int flags = boot.getShort(FLAGS_AT);
        int valid = (flags & NOT_MIRRORED) == 0 ? 0 : flags & TABLE_NUMBER;
        if (valid >= tables) {
            throw refused(reader, "its vfat has no allocation table " + valid);
        }
        return valid;
    }

    /** What it has, by what it says; those are not more than the disk has. */
    private static long bytes(StorageReader reader, ByteBuffer boot, int sector)
            throws FileException {
        long sectors = Short.toUnsignedLong(boot.getShort(SECTORS_AT));
        if (sectors == 0) {
            sectors = Integer.toUnsignedLong(boot.getInt(SECTORS_32_AT));
        }
        if (sectors * sector > reader.bytes()) {
            throw refused(
                    reader,
                    "its vfat has "
                            + sectors * sector
                            + " bytes, and the disk only "
                            + reader.bytes());
        }
        return sectors * sector;
    }

    private static FatKind kind(boolean isFat32, long clusters) {
        if (isFat32) {
            return FatKind.FAT32;
        }
        return clusters > MOST_OF_FAT12 ? FatKind.FAT16 : FatKind.FAT12;
    }

    private static FileException refused(StorageReader reader, String why) {
        return new FileException(Errno.EINVAL, reader.name() + ": " + why);
    }

    /** Whether there is a cluster of a number. */
    boolean hasCluster(int cluster) {
        return cluster >= FIRST_CLUSTER && cluster - FIRST_CLUSTER < clusters;
    }

    /** Where a cluster is, which there is. */
    long position(int cluster) {
        return data + (long) (cluster - FIRST_CLUSTER) * clusterBytes;
    }

    /**
     * What is damaged: EUCLEAN.
     *
     * @param position in bytes, of what is
     */
    FileException damaged(long position, String what) {
        return new FileException(
                Errno.EUCLEAN, reader.name() + ", at byte " + position + ": " + what);
    }
}
