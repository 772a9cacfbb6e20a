package dev.cortado.boot.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;

/** Puts boot sector, header, loader and an image together as {@link DiskLayout} says. */
public final class DiskImage {
    /** A partition type that no operating system takes for a file system of its own. */
    private static final int NON_FILE_SYSTEM_DATA = 0xDA;

    private static final int BOOTABLE = 0x80;

    /** Cylinder, head and sector where they cannot be said (UEFI 2.10, table 5.3). */
    private static final int BEYOND_CYLINDERS = 0xFF_FFFE;

    private DiskImage() {}

    /**
     * A part of the image that is to be loaded.
     *
     * @param offset of its first byte in the image, a multiple of {@link DiskLayout#SECTOR_SIZE}
     * @param fileSize bytes in the image
     * @param address physical
     * @param memorySize bytes in memory; those that are not in the image are zero
     */
    public record Segment(long offset, long fileSize, long address, long memorySize) {
        private long sectors() {
            return sectorsOf(fileSize);
        }
    }

    /**
     * The whole disk.
     *
     * @param image an ELF file
     * @param segments by their addresses; the sectors of one do not reach into the next
     * @param entry physical address of the PVH entry
     * @throws IllegalArgumentException if the loader cannot load that
     */
    public static ByteBuffer create(ByteBuffer image, List<Segment> segments, long entry) {
        int size = Math.addExact(DiskLayout.IMAGE_OFFSET, image.limit());
        int padded =
                Math.multiplyExact(-Math.floorDiv(-size, DiskLayout.GRANULE), DiskLayout.GRANULE);
        ByteBuffer disk = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        disk.put(DiskLayout.IMAGE_OFFSET, image, 0, image.limit());
        disk.put(0, code());
        partition(disk, sectorsOf(image.limit()));
        header(disk, image.limit(), segments, entry);
        int header = DiskLayout.HEADER_OFFSET;
        disk.putInt(header + DiskLayout.CHECKSUM, checksum(disk));
        int lacking = sum(disk, header, DiskLayout.BOOT_SIZE - header);
        disk.putInt(header + DiskLayout.SUM, DiskLayout.BOOT_SUM + lacking);
        return disk;
    }

    /**
     * What {@link DiskLayout#CHECKSUM} should be for the first {@link DiskLayout#BOOT_SIZE} bytes.
     */
    public static int checksum(ByteBuffer disk) {
        int from = DiskLayout.HEADER_OFFSET + DiskLayout.CHECKSUM;
        int to = DiskLayout.HEADER_OFFSET + DiskLayout.SECTOR_SIZE;
        CRC32C crc = new CRC32C();
        crc.update(disk.slice(0, from));
        crc.update(disk.slice(to, DiskLayout.BOOT_SIZE - to));
        return (int) crc.getValue();
    }

    private static byte[] code() {
        DiskCode code = new DiskCode();
        BootSector.append(code);
        code.skipTo(DiskLayout.LOADER_SECTOR * DiskLayout.SECTOR_SIZE);
        Loader.append(code);
        byte[] bytes = code.link();
        if (bytes.length > DiskLayout.BOOT_SIZE) {
            throw new IllegalStateException("loader of " + bytes.length + " bytes");
        }
        return bytes;
    }

    /** UEFI 2.10, table 5.4 "Legacy MBR Partition Record". */
    private static void partition(ByteBuffer disk, long sectors) {
        disk.position(DiskLayout.PARTITION_TABLE);
        disk.putInt(BOOTABLE | BEYOND_CYLINDERS << Byte.SIZE);
        disk.putInt(NON_FILE_SYSTEM_DATA | BEYOND_CYLINDERS << Byte.SIZE);
        disk.putInt(DiskLayout.IMAGE_SECTOR).putInt((int) sectors);
        disk.rewind();
        disk.putShort(DiskLayout.BOOT_SIGNATURE, (short) DiskLayout.BOOT_SIGNATURE_VALUE);
    }

    private static void header(ByteBuffer disk, int imageSize, List<Segment> segments, long entry) {
        if (segments.isEmpty() || segments.size() > DiskLayout.MAXIMUM_SEGMENTS) {
            throw new IllegalArgumentException(segments.size() + " segments");
        }
        disk.position(DiskLayout.HEADER_OFFSET);
        disk.putLong(DiskLayout.MAGIC_VALUE).putInt(unsignedInt(entry)).putInt(segments.size());
        disk.putLong(imageSize);
        long end = 1 << 20;
        for (Segment segment : segments) {
            if (segment.address() < end || segment.offset() % DiskLayout.SECTOR_SIZE != 0) {
                throw new IllegalArgumentException("cannot be loaded: " + segment);
            }
            long sector = DiskLayout.IMAGE_SECTOR + segment.offset() / DiskLayout.SECTOR_SIZE;
            long read = segment.sectors() * DiskLayout.SECTOR_SIZE;
            long memory = Math.max(segment.memorySize(), read);
            end = segment.address() + memory;
            disk.putInt(unsignedInt(sector)).putInt(unsignedInt(segment.sectors()));
            disk.putInt(unsignedInt(segment.address())).putInt(unsignedInt(segment.fileSize()));
            disk.putInt(unsignedInt(memory));
            disk.putInt(sum(disk, (int) sector * DiskLayout.SECTOR_SIZE, (int) read));
        }
        unsignedInt(end);
        disk.rewind();
    }

    /** What the 32-bit words of a range lack to 0. */
    private static int sum(ByteBuffer disk, int offset, int size) {
        int sum = 0;
        for (int at = offset; at < offset + size; at += Integer.BYTES) {
            sum -= disk.getInt(at);
        }
        return sum;
    }

    private static long sectorsOf(long bytes) {
        return -Math.floorDiv(-bytes, DiskLayout.SECTOR_SIZE);
    }

    private static int unsignedInt(long value) {
        if (value >>> Integer.SIZE != 0) {
            throw new IllegalArgumentException("beyond 4 GiB: 0x" + Long.toHexString(value));
        }
        return (int) value;
    }
}
