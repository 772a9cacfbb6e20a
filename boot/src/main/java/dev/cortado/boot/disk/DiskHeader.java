package dev.cortado.boot.disk;

import dev.cortado.boot.gpt.PartitionTable;
import dev.cortado.boot.layout.KernelSegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes the header, by which the loader for BIOSes finds the image: {@link DiskLayout}. */
public final class DiskHeader {
    private static final int HEADER = DiskLayout.HEADER_OFFSET;
    private static final int SIZE = DiskLayout.LOADER_SECTORS * DiskLayout.SECTOR_SIZE;

    /** Below are what the BIOS needs and what the loader itself takes. */
    private static final long LOWEST_ADDRESS = 1 << 20;

    private DiskHeader() {}

    /**
     * @throws IllegalArgumentException if the loaders cannot load that
     */
    static void requireLoadable(List<KernelSegment> segments, long entry, int imageSize) {
        if (segments.isEmpty() || segments.size() > DiskLayout.MAXIMUM_SEGMENTS) {
            throw new IllegalArgumentException(segments.size() + " segments");
        }
        long end = LOWEST_ADDRESS;
        for (KernelSegment segment : segments) {
            if (segment.address() < end
                    || segment.offset() < 0
                    || segment.offset() % DiskLayout.SECTOR_SIZE != 0
                    || segment.fileSize() < 0
                    || segment.fileSize() > segment.memorySize()
                    || segment.fileSize() > imageSize - segment.offset()) {
                throw new IllegalArgumentException("cannot be loaded: " + segment);
            }
            unsignedInt(segment.memorySize());
            end = segment.address() + Math.max(segment.memorySize(), read(segment));
        }
        unsignedInt(end);
        unsignedInt(entry);
    }

    /**
     * @param disk with loaders and image in their places
     * @param imageSector where the image is
     */
    static void write(
            ByteBuffer disk,
            List<KernelSegment> segments,
            long entry,
            int imageSize,
            long imageSector,
            int certificatesSize) {
        disk.position(HEADER);
        disk.putLong(DiskLayout.MAGIC_VALUE).putInt(unsignedInt(entry)).putInt(segments.size());
        disk.putLong(imageSize).putInt(unsignedInt(imageSector)).putInt(certificatesSize);
        for (KernelSegment segment : segments) {
            long sector = imageSector + segment.offset() / DiskLayout.SECTOR_SIZE;
            disk.putInt(unsignedInt(sector)).putInt((int) sectors(segment));
            disk.putInt(unsignedInt(segment.address())).putInt(unsignedInt(segment.fileSize()));
            disk.putInt(unsignedInt(Math.max(segment.memorySize(), read(segment))));
            disk.putInt(sum(disk, (int) sector * DiskLayout.SECTOR_SIZE, (int) read(segment)));
        }
        disk.rewind();
        disk.putInt(HEADER + DiskLayout.CHECKSUM, checksum(disk));
        disk.putInt(HEADER + DiskLayout.SUM, DiskLayout.BOOT_SUM + sum(disk, HEADER, SIZE));
    }

    /**
     * What {@link DiskLayout#CHECKSUM} should be; of the disk, it takes what is before the volume.
     */
    public static int checksum(ByteBuffer disk) {
        int rest = HEADER + DiskLayout.SECTOR_SIZE;
        CRC32C crc = new CRC32C();
        crc.update(disk.slice(0, PartitionTable.BOOT_CODE_SIZE));
        crc.update(disk.slice(HEADER, DiskLayout.CHECKSUM));
        crc.update(disk.slice(rest, HEADER + SIZE - rest));
        return (int) crc.getValue();
    }

    /** What the 32-bit words of a range lack to 0. */
    private static int sum(ByteBuffer disk, int offset, int size) {
        int sum = 0;
        for (int at = offset; at < offset + size; at += Integer.BYTES) {
            sum -= disk.getInt(at);
        }
        return sum;
    }

    private static long sectors(KernelSegment segment) {
        return -Math.floorDiv(-segment.fileSize(), DiskLayout.SECTOR_SIZE);
    }

    /** Bytes that the loader for BIOSes reads. */
    private static long read(KernelSegment segment) {
        return sectors(segment) * DiskLayout.SECTOR_SIZE;
    }

    private static int unsignedInt(long value) {
        if (value >>> Integer.SIZE != 0) {
            throw new IllegalArgumentException("beyond 4 GiB: 0x" + Long.toHexString(value));
        }
        return (int) value;
    }
}
