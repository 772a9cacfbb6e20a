package dev.cortado.boot.disk;

/**
 * What is where on a disk that holds an image. Integers are little-endian, offsets in bytes unless
 * they are called sectors.
 *
 * <pre>
 *   sector 0       boot sector: code, one partition that covers the image, 0x55 0xAA
 *   sector 1       header: see below
 *   sectors 2-15   loader
 *   sectors 16-23  the guest's command line: text, ended by a zero byte
 *   sectors 24-    the image, an ELF file as it is, padded to a multiple of 4096 bytes
 * </pre>
 *
 * <p>The command line is not covered by any checksum: it is there to be overwritten, by {@code
 * printf 'argument -Dkey=value\0' | dd of=hello.img bs=512 seek=16 conv=notrunc} for example.
 */
public final class DiskLayout {
    public static final int SECTOR_SIZE = 512;

    public static final int HEADER_SECTOR = 1;
    public static final int LOADER_SECTOR = 2;
    public static final int COMMAND_LINE_SECTOR = 16;
    public static final int COMMAND_LINE_SECTORS = 8;
    public static final int IMAGE_SECTOR = COMMAND_LINE_SECTOR + COMMAND_LINE_SECTORS;

    /** Bytes of boot sector, header and loader. */
    public static final int BOOT_SIZE = COMMAND_LINE_SECTOR * SECTOR_SIZE;

    public static final int COMMAND_LINE_OFFSET = COMMAND_LINE_SECTOR * SECTOR_SIZE;

    /** Bytes for the command line, the zero byte at its end included. */
    public static final int COMMAND_LINE_SIZE = COMMAND_LINE_SECTORS * SECTOR_SIZE;

    public static final int IMAGE_OFFSET = IMAGE_SECTOR * SECTOR_SIZE;

    /** The disk's size is a multiple of this. */
    public static final int GRANULE = 4096;

    // The boot sector (UEFI 2.10, 5.2.1 "Legacy Master Boot Record").

    /** Bytes of code at most. */
    public static final int BOOT_CODE_SIZE = 440;

    public static final int PARTITION_TABLE = 446;
    public static final int BOOT_SIGNATURE = 510;
    public static final int BOOT_SIGNATURE_VALUE = 0xAA55;

    // The header.

    public static final int HEADER_OFFSET = HEADER_SECTOR * SECTOR_SIZE;

    /** In the header, u64: "CORTADO" and the layout's version, 1. */
    public static final int MAGIC = 0;

    public static final long MAGIC_VALUE = 0x014F_4441_5452_4F43L;

    /** In the header, u32: physical address of the image's PVH entry. */
    public static final int ENTRY = 8;

    /** In the header, u32: number of {@link #SEGMENTS}, 1 to {@link #MAXIMUM_SEGMENTS}. */
    public static final int SEGMENT_COUNT = 12;

    /** In the header, u64: bytes of the image. */
    public static final int IMAGE_SIZE = 16;

    /** In the header: what to load, {@link #SEGMENT_SIZE} bytes each, lowest address first. */
    public static final int SEGMENTS = 24;

    public static final int MAXIMUM_SEGMENTS = 16;

    /** In the header, u32: CRC-32C of the first {@link #BOOT_SIZE} bytes but its last 8. */
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
