package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.xen.bus.BusDevice;
import dev.cortado.drivers.xen.frontend.BackendNodes;
import java.io.IOException;

/**
 * What a backend says of its disk, once it is connected (public/io/blkif.h, "Backend Device
 * Properties"); checked.
 *
 * @param bytes of the disk
 * @param blockBytes of a block
 * @param readOnly VDISK_READONLY
 * @param flush whether there is an operation for that
 * @param barrier whether there is an operation for that
 * @param discardBytes what can be discarded at once, a multiple of blocks; 0 for nothing
 * @param discardStart where the first such piece begins
 */
record BlockParameters(
        long bytes,
        int blockBytes,
        boolean readOnly,
        boolean flush,
        boolean barrier,
        long discardBytes,
        long discardStart) {
    private static final int VDISK_READONLY = 4;
    private static final int MOST_HANDLE = 0xffff;
    private static final int MOST_BLOCK_BYTES = 4096;
    private static final long MOST_SECTORS = Long.MAX_VALUE / BlockMessages.SECTOR_BYTES;

    /** The number that is in each request, of our own directory. */
    static int handle(BusDevice device) throws IOException {
        String text = device.store().readTextOrNull(device.path() + "/virtual-device");
        try {
            long handle = Long.parseLong(text == null ? device.id() : text);
            return (int) handle & MOST_HANDLE; // larger ones are a name, and not in requests
        } catch (NumberFormatException e) {
            throw new IOException(device.path() + ": no device has the number \"" + text + '"', e);
        }
    }

    static BlockParameters read(BusDevice device) throws IOException {
        long sectors = BackendNodes.number(device, "sectors", -1);
        long block = BackendNodes.number(device, "sector-size", BlockMessages.SECTOR_BYTES);
        if (sectors < 0 || sectors > MOST_SECTORS) {
            throw new IOException(device.path() + ": a disk of " + sectors + " sectors");
        }
        if (block < BlockMessages.SECTOR_BYTES
                || block > MOST_BLOCK_BYTES
                || Long.bitCount(block) != 1) {
            throw new IOException(device.path() + ": sectors of " + block + " bytes");
        }
        long info = BackendNodes.number(device, "info", 0);
        boolean discards = BackendNodes.has(device, "feature-discard");
        long piece = BackendNodes.number(device, "discard-granularity", block);
        long start = BackendNodes.number(device, "discard-alignment", 0);
        discards &= piece > 0 && piece % block == 0 && start % block == 0 && start < piece;
        return new BlockParameters(
                sectors * BlockMessages.SECTOR_BYTES & -block,
                (int) block,
                (info & VDISK_READONLY) != 0,
                BackendNodes.has(device, "feature-flush-cache"),
                BackendNodes.has(device, "feature-barrier"),
                discards ? piece : 0,
                start);
    }

    /** Whether this may be the same disk, attached again. It may have grown. */
    boolean isSameDisk(BlockParameters before) {
        return bytes >= before.bytes && isLike(before);
    }

    /** Whether it may be the same disk with more, or less, of it. */
    boolean isLike(BlockParameters before) {
        return blockBytes == before.blockBytes && readOnly == before.readOnly;
    }

    /** Where the first piece begins that can be discarded, at that position or behind it. */
    long firstPiece(long position) {
        long into = Math.max(0, position - discardStart);
        return discardStart + (into + discardBytes - 1) / discardBytes * discardBytes;
    }
}
