package dev.cortado.runtime.file.vfat;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Which cluster comes behind which (FAT32 File System Specification, "FAT Data Structure"). */
final class AllocationTable {
    /** Behind the last cluster of a chain. */
    static final int END = -1;

    /** Entries from it on are the end, but for the bits that are more than eight. */
    private static final int LEAST_END = 0xf8;

    private final Geometry geometry;

    AllocationTable(Geometry geometry) {
        this.geometry = geometry;
    }

    /**
     * The cluster behind one that there is, or {@link #END}.
     *
     * @throws FileException EUCLEAN if there is no such cluster
     */
    int next(int cluster) throws FileException {
        FatKind kind = geometry.kind();
        long at = geometry.table() + (long) cluster * kind.bits() / Byte.SIZE;
        int bytes = kind == FatKind.FAT32 ? Integer.BYTES : Short.BYTES;
        ByteBuffer entry =
                ByteBuffer.wrap(geometry.reader().bytes(at, bytes)).order(ByteOrder.LITTLE_ENDIAN);
        int value =
                kind == FatKind.FAT32 ? entry.getInt(0) : Short.toUnsignedInt(entry.getShort(0));
        if (kind == FatKind.FAT12 && cluster % 2 == 1) {
            value >>>= Byte.SIZE / 2;
        }
        int next = value & kind.mask();
        if (next >= (kind.mask() & ~0xff | LEAST_END)) {
            return END;
        }
        if (!geometry.hasCluster(next)) {
            throw geometry.damaged(at, "behind cluster " + cluster + " there is no " + next);
        }
        return next;
    }
}
