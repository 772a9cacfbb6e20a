package dev.cortado.boot.disk;

import dev.cortado.boot.fat.FatVolume;
import dev.cortado.boot.gpt.PartitionTable;

/**
 * What is where on a disk that holds an image. Integers are little-endian, offsets in bytes unless
 * they are called sectors.
 *
 * <pre>
 *   sector 0        boot sector: code, and the protective record of the partition table
 *   sectors 1-33    the partition table
 *   sectors 40-63   partition for BIOSes: header (see below), and loader
 *   sectors 64-     partition for UEFI: a FAT volume
 *     72-79         in sectors that no file has, the guest's command line: text, ended by a zero
 *                   byte
 *     80-           allocation tables, directories, and the file that UEFI starts; in that, as the
 *                   last of what is loaded, the image: an ELF file as it is
 *   the end         the partition table's copy; the size is a multiple of 1 MiB
 * </pre>
 *
 * <p>Both loaders start the same image in the same way. The command line is not covered by any
 * checksum or signature: it is there to be overwritten, by {@code printf 'argument -Dkey=value\0' |
 * dd of=hello.img bs=512 seek=72 conv=notrunc} for example.
 */
public final class DiskLayout {
    public static final int SECTOR_SIZE = PartitionTable.SECTOR_SIZE;

    public static final int HEADER_SECTOR = 40;
    public static final int LOADER_SECTOR = HEADER_SECTOR + 1;

    /** The first sector of the volume for UEFI. */
    public static final int VOLUME_SECTOR = 64;

    public static final int COMMAND_LINE_SECTOR = VOLUME_SECTOR + FatVolume.FREE_SECTOR;
    public static final int COMMAND_LINE_SECTORS =
            FatVolume.RESERVED_SECTORS - FatVolume.FREE_SECTOR;

    /** Sectors of header and loader. */
    public static final int LOADER_SECTORS = VOLUME_SECTOR - HEADER_SECTOR;

    public static final int COMMAND_LINE_OFFSET = COMMAND_LINE_SECTOR * SECTOR_SIZE;

    /** Bytes for the command line, the zero byte at its end included. */
    public static final int COMMAND_LINE_SIZE = COMMAND_LINE_SECTORS * SECTOR_SIZE;

    public static final int VOLUME_OFFSET = VOLUME_SECTOR * SECTOR_SIZE;

    /** The disk's size is a multiple of this, as Azure and VMware's programs want it. */
    public static final int GRANULE = 1 << 20;

    // The header.

    public static final int HEADER_OFFSET = HEADER_SECTOR * SECTOR_SIZE;

    /** In the header, u64: "CORTADO" and the layout's version, 2. */
    public static final int MAGIC = 0;

    public static final long MAGIC_VALUE = 0x024F_4441_5452_4F43L;

    /** In the header, u32: physical address of the image's PVH entry. */
    public static final int ENTRY = 8;

    /** In the header, u32: number of {@link #SEGMENTS}, 1 to {@link #MAXIMUM_SEGMENTS}. */
    public static final int SEGMENT_COUNT = 12;

    /** In the header, u64: bytes of the image. */
    public static final int IMAGE_SIZE = 16;

    /** In the header, u32: where on the disk the image begins. */
    public static final int IMAGE_SECTOR = 24;

    /** In the header, u32: bytes of the certificates at the end of the file that UEFI starts. */
    public static final int CERTIFICATES_SIZE = 28;

    /** In the header: what to load, {@link #SEGMENT_SIZE} bytes each, lowest address first. */
    public static final int SEGMENTS = 32;

    public static final int MAXIMUM_SEGMENTS = 16;

    /**
     * In the header, u32: CRC-32C of the boot sector's code, and of header and loader but for the
     * header's last 8 bytes.
     */
    public static final int CHECKSUM = 504;

    /** In the header, u32: makes the words of header and loader add up to {@link #BOOT_SUM}. */
    public static final int SUM = 508;

    /** Not 0, which a disk without anything on it would have. */
    public static final int BOOT_SUM = 0x4F43;

    /** In a segment, u32: where its bytes begin on the disk. */
    public static final int SEGMENT_SECTOR = 0;

    /** In a segment, u32: how many sectors to read; may be 0. */
    public static final int SEGMENT_SECTORS = 4;

    /** In a segment, u32: physical address, 1 MiB or more. */
    public static final int SEGMENT_ADDRESS = 8;

    /** In a segment, u32: bytes that are not zero. */
    public static final int SEGMENT_FILE_SIZE = 12;

    /** In a segment, u32: bytes in memory, and no fewer than are read. */
    public static final int SEGMENT_MEMORY_SIZE = 16;

    /** In a segment, u32: makes the 32-bit words of all its sectors add up to 0. */
    public static final int SEGMENT_SUM = 20;

    public static final int SEGMENT_SIZE = 24;

    private DiskLayout() {}
}
