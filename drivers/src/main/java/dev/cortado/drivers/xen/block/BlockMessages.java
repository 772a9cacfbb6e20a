package dev.cortado.drivers.xen.block;

import dev.cortado.kernel.memory.RingMemory;

/**
 * Requests and responses of a disk (public/io/blkif.h), as x86-64 lays them out. All that counts
 * sectors counts 512 bytes.
 *
 * <p>struct blkif_request: u8 operation, u8 nr_segments, u16 handle, u64 id at 8, u64 sector_number
 * at 16, from 24 on 11 segments; of a discard, u64 nr_sectors at 24. struct blkif_request_indirect:
 * u8 operation, u8 indirect_op, u16 nr_segments, u64 id at 8, u64 sector_number at 16, u16 handle
 * at 24, from 28 on u32 grants of 8 pages of segments. struct blkif_request_segment: u32 gref, u8
 * first_sect, u8 last_sect, 8 bytes. struct blkif_response: u64 id, u8 operation, s16 status at 10.
 */
final class BlockMessages {
    static final int READ = 0;
    static final int WRITE = 1;
    static final int WRITE_BARRIER = 2;
    static final int FLUSH_DISKCACHE = 3;
    static final int DISCARD = 5;
    private static final int INDIRECT = 6;

    static final int STATUS_OKAY = 0;
    static final int STATUS_ERROR = -1;
    static final int STATUS_NOT_SUPPORTED = -2;

    static final int ENTRY_BYTES = 112;
    static final int SECTOR_BYTES = 512;

    /** BLKIF_MAX_SEGMENTS_PER_REQUEST. */
    static final int MOST_DIRECT = 11;

    static final int SEGMENT_BYTES = 8;

    private static final int ID = 8;
    private static final int SECTOR = 16;
    private static final int SEGMENTS = 24;
    private static final int NR_SECTORS = 24;
    private static final int INDIRECT_HANDLE = 24;
    private static final int INDIRECT_GREFS = 28;

    private static final int STATUS = 10;

    private final RingMemory memory;
    private final int handle;

    /**
     * @param handle the device's number, which is in each request
     */
    BlockMessages(RingMemory memory, int handle) {
        this.memory = memory;
        this.handle = handle;
    }

    /** A request whose segments are in it. */
    void direct(long entry, int operation, int segments, long id, long sector) {
        header(entry, operation, segments | handle << 8, id, sector);
    }

    /** Where a request of {@link #direct} has its segments. */
    static long segments(long entry) {
        return entry + SEGMENTS;
    }

    /** A request whose segments are in a page of their own. */
    void indirect(long entry, int operation, int segments, long id, long sector, int page) {
        header(entry, INDIRECT, operation | segments << 8, id, sector);
        memory.writeIntRelease(entry + INDIRECT_HANDLE, handle);
        memory.writeIntRelease(entry + INDIRECT_GREFS, page);
    }

    void discard(long entry, long id, long sector, long sectors) {
        header(entry, DISCARD, handle << 8, id, sector);
        memory.writeLong(entry + NR_SECTORS, sectors);
    }

    private void header(long entry, int operation, int rest, long id, long sector) {
        memory.writeIntRelease(entry, operation | rest << 8);
        memory.writeLong(entry + ID, id);
        memory.writeLong(entry + SECTOR, sector);
    }

    void segment(long segments, int index, int grant, int firstSector, int lastSector) {
        memory.writeLong(
                segments + (long) index * SEGMENT_BYTES,
                grant & 0xffff_ffffL | (long) firstSector << 32 | (long) lastSector << 40);
    }

    /** The id of a response. */
    long id(long entry) {
        return memory.readLong(entry);
    }

    /** The status of a response. */
    int status(long entry) {
        return (short) memory.readShortAcquire(entry + STATUS);
    }

    /** Whether a response may have it. */
    static boolean isStatus(int status) {
        return status == STATUS_OKAY || status == STATUS_ERROR || status == STATUS_NOT_SUPPORTED;
    }

    /** A status other than {@link #STATUS_OKAY} in words. */
    static String text(int status) {
        return status == STATUS_ERROR ? "an error" : "a request that it does not know";
    }
}
