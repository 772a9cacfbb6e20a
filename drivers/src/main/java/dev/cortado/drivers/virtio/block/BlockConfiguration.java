package dev.cortado.drivers.virtio.block;

import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.virtio.transport.DeviceConfiguration;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;

/**
 * What a block device says of itself (VIRTIO 1.2, 5.2.4), where it is agreed that it does; checked.
 *
 * @param bytes it keeps
 * @param blockBytes of a block
 * @param physicalBytes of what the device keeps as a whole: a block, or several
 * @param segmentBytes largest buffer of a request
 * @param segments most buffers of a request
 * @param queues that it has
 * @param discardSectors most sectors of a request to discard; 0 if it does not discard
 * @param zeroSectors most sectors of a request to write zeros; 0 if it knows no such requests
 * @param unmapsZeros whether it may keep nothing where zeros are
 */
record BlockConfiguration(
        long bytes,
        int blockBytes,
        int physicalBytes,
        int segmentBytes,
        int segments,
        int queues,
        long discardSectors,
        long zeroSectors,
        boolean unmapsZeros) {
    /** Whatever the size of a block is, the protocol counts these. */
    static final int SECTOR_BYTES = 512;

    private static final int CAPACITY = 0;
    private static final int SIZE_MAX = 8;
    private static final int SEG_MAX = 12;
    private static final int BLOCK_SIZE = 20;
    private static final int PHYSICAL_BLOCK_EXP = 24;
    private static final int NUM_QUEUES = 34;
    private static final int MAX_DISCARD_SECTORS = 36;
    private static final int MAX_WRITE_ZEROES_SECTORS = 48;
    private static final int WRITE_ZEROES_MAY_UNMAP = 56;

    private static final long MOST_SECTORS = Long.MAX_VALUE / SECTOR_BYTES;
    private static final int MOST_BLOCK_BYTES = 1 << 16;
    private static final int MOST_SEGMENT_BYTES = 1 << 20;
    private static final int MOST_SEGMENTS = 64;

    /** 256 MiB: a host that has to write zeros itself answers in time. */
    private static final int MOST_RANGE_SECTORS = 1 << 19;

    private record Fields(
            long capacity,
            int sizeMax,
            int segMax,
            int blockSize,
            int physicalBlockExp,
            int queues,
            int discardSectors,
            int zeroSectors,
            int mayUnmap) {}

    static BlockConfiguration read(VirtioDevice device) throws VirtioException {
        Fields fields = device.configuration().read(registers -> fields(device, registers));
        if (fields.capacity() < 0 || fields.capacity() > MOST_SECTORS) {
            throw device.fail(
                    "a capacity of " + Long.toUnsignedString(fields.capacity()) + " sectors");
        }
        int block = fields.blockSize();
        if (block < SECTOR_BYTES || block > MOST_BLOCK_BYTES || Integer.bitCount(block) != 1) {
            throw device.fail("blocks of " + Integer.toUnsignedString(block) + " bytes");
        }
        long segmentBytes = limit(fields.sizeMax(), MOST_SEGMENT_BYTES) & -block;
        if (segmentBytes == 0) {
            throw device.fail(
                    "buffers of at most "
                            + Integer.toUnsignedString(fields.sizeMax())
                            + " bytes for blocks of "
                            + block);
        }
        long segments = limit(fields.segMax(), MOST_SEGMENTS);
        if (segments == 0) {
            throw device.fail("requests without buffers");
        }
        if (fields.queues() == 0) {
            throw device.fail("no queues");
        }
        return new BlockConfiguration(
                fields.capacity() * SECTOR_BYTES & -block,
                block,
                physicalBytes(block, fields.physicalBlockExp()),
                (int) segmentBytes,
                (int) segments,
                fields.queues(),
                wholeBlocks(fields.discardSectors(), block),
                wholeBlocks(fields.zeroSectors(), block),
                fields.mayUnmap() != 0);
    }

    /** A hint (5.2.5): one that cannot be is none. */
    private static int physicalBytes(int block, int exponent) {
        int most = Integer.numberOfTrailingZeros(MOST_BLOCK_BYTES / block);
        return exponent <= most ? block << exponent : block;
    }

    private static long wholeBlocks(int sectors, int block) {
        return limit(sectors, MOST_RANGE_SECTORS) & -(block / SECTOR_BYTES);
    }

    private static long limit(int value, int most) {
        return Math.min(Integer.toUnsignedLong(value), most);
    }

    private static Fields fields(VirtioDevice device, Registers registers) {
        return new Fields(
                DeviceConfiguration.read64(registers, CAPACITY),
                device.has(BlockFeatures.SIZE_MAX) ? registers.read32(SIZE_MAX) : -1,
                device.has(BlockFeatures.SEG_MAX) ? registers.read32(SEG_MAX) : 1,
                device.has(BlockFeatures.BLOCK_SIZE) ? registers.read32(BLOCK_SIZE) : SECTOR_BYTES,
                device.has(BlockFeatures.TOPOLOGY) ? registers.read8(PHYSICAL_BLOCK_EXP) : 0,
                device.has(BlockFeatures.MULTIPLE_QUEUES) ? registers.read16(NUM_QUEUES) : 1,
                device.has(BlockFeatures.DISCARD) ? registers.read32(MAX_DISCARD_SECTORS) : 0,
                device.has(BlockFeatures.WRITE_ZEROES)
                        ? registers.read32(MAX_WRITE_ZEROES_SECTORS)
                        : 0,
                device.has(BlockFeatures.WRITE_ZEROES)
                        ? registers.read8(WRITE_ZEROES_MAY_UNMAP)
                        : 0);
    }
}
