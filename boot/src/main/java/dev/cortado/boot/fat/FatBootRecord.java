package dev.cortado.boot.fat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A volume's first sector and, on FAT32, what is said of it elsewhere (fatgen103, "Boot Sector and
 * BPB").
 *
 * @param label 11 characters
 */
record FatBootRecord(FatGeometry geometry, String label, int serialNumber) {
    /** "Fixed" media. */
    static final int MEDIUM = 0xF8;

    /** A jump to what would be code. */
    private static final byte[] BEGIN = {(byte) 0xEB, 0x3C, (byte) 0x90};

    /** For what asks for cylinders: nothing does. */
    private static final int SECTORS_PER_TRACK = 32;

    private static final int HEADS = 64;

    private static final int DRIVE = 0x80;
    private static final int EXTENDED_SIGNATURE = 0x29;
    private static final int SIGNATURE_OFFSET = 510;
    private static final int SIGNATURE = 0xAA55;

    private static final int INFORMATION_SECTOR = 1;
    private static final int BACKUP_SECTOR = 6;
    private static final int INFORMATION_LEAD = 0x4161_5252;
    private static final int INFORMATION_SIGNATURE = 0x6141_7272;
    private static final int INFORMATION_OFFSET = 484;

    /** In place of the first free cluster. */
    static final int NONE_FREE = -1;

    void write(ByteBuffer volume, long firstSector, int freeClusters, int firstFree) {
        record(volume, 0, firstSector);
        if (geometry.type() == FatType.FAT32) {
            information(volume, INFORMATION_SECTOR, freeClusters, firstFree);
            record(volume, BACKUP_SECTOR, firstSector);
            information(volume, BACKUP_SECTOR + 1, freeClusters, firstFree);
        }
    }

    private void record(ByteBuffer volume, int sector, long firstSector) {
        boolean wide = geometry.type() == FatType.FAT32;
        int at = sector * FatGeometry.SECTOR_SIZE;
        boolean small = !wide && geometry.sectors() < 1 << Short.SIZE;
        volume.position(at);
        volume.put(BEGIN).putLong(FatVolume.MAKER);
        volume.putShort((short) FatGeometry.SECTOR_SIZE);
        volume.put((byte) geometry.sectorsPerCluster());
        volume.putShort((short) FatGeometry.RESERVED_SECTORS).put((byte) FatGeometry.TABLES);
        volume.putShort((short) geometry.rootEntries());
        volume.putShort((short) (small ? geometry.sectors() : 0)).put((byte) MEDIUM);
        volume.putShort((short) (wide ? 0 : geometry.sectorsPerTable()));
        volume.putShort((short) SECTORS_PER_TRACK).putShort((short) HEADS);
        volume.putInt((int) firstSector).putInt((int) (small ? 0 : geometry.sectors()));
        if (wide) {
            volume.putInt(geometry.sectorsPerTable()).putShort((short) 0).putShort((short) 0);
            volume.putInt(FatGeometry.FIRST_CLUSTER).putShort((short) INFORMATION_SECTOR);
            volume.putShort((short) BACKUP_SECTOR).put(new byte[12]);
        }
        volume.put((byte) DRIVE).put((byte) 0).put((byte) EXTENDED_SIGNATURE);
        volume.putInt(serialNumber);
        volume.put((label + geometry.type().label()).getBytes(StandardCharsets.US_ASCII));
        volume.putShort(at + SIGNATURE_OFFSET, (short) SIGNATURE);
    }

    private static void information(ByteBuffer volume, int sector, int freeClusters, int first) {
        int at = sector * FatGeometry.SECTOR_SIZE;
        volume.putInt(at, INFORMATION_LEAD).position(at + INFORMATION_OFFSET);
        volume.putInt(INFORMATION_SIGNATURE).putInt(freeClusters).putInt(first);
        volume.putShort(at + SIGNATURE_OFFSET, (short) SIGNATURE);
    }
}
