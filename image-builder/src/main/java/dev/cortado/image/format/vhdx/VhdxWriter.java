package dev.cortado.image.format.vhdx;

import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.ContentHash;
import dev.cortado.image.format.bytes.NameUuid;
import dev.cortado.image.format.bytes.SparseFile;
import dev.cortado.image.image.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Writes a disk with blocks of a MiB, those of zeros left out. Headers, log, metadata and table
 * have a MiB each, as the format wants, of which most is a hole in the file.
 */
public final class VhdxWriter {
    private static final int BLOCK_BYTES = VhdxLayout.MEBI;
    private static final int SECTOR_BYTES = 512;
    private static final int PHYSICAL_SECTOR_BYTES = 4096;
    private static final long LOG = VhdxLayout.MEBI;
    private static final long METADATA = 2L * VhdxLayout.MEBI;
    private static final long TABLE = 3L * VhdxLayout.MEBI;

    private VhdxWriter() {}

    /**
     * @throws dev.cortado.image.UserError if the disk cannot be read, or the file not be written
     */
    public static void write(ByteSource disk, Path file) {
        AtomicFile.write(file, channel -> write(disk, channel));
    }

    private static void write(ByteSource disk, FileChannel channel) throws IOException {
        SparseFile file = new SparseFile(channel);
        String hash = ContentHash.of(disk);
        long ratio = VhdxLayout.CHUNK_SECTORS * SECTOR_BYTES / BLOCK_BYTES;
        long blocks = Blocks.count(disk.size(), BLOCK_BYTES);
        long entries = blocks + blocks / ratio;
        long tableBytes = Blocks.roundUp(Math.max(1, entries * Long.BYTES), VhdxLayout.MEBI);
        ByteBuffer table = VhdxLayout.zeros(Math.toIntExact(tableBytes));
        long[] end = {TABLE + tableBytes};
        Blocks.visit(
                disk,
                BLOCK_BYTES,
                (block, bytes) -> {
                    int entry = (int) (block + block / ratio) * Long.BYTES;
                    table.putLong(entry, end[0] | VhdxLayout.FULLY_PRESENT);
                    file.write(end[0], bytes);
                    end[0] += BLOCK_BYTES;
                });
        file.write(0, fileType());
        for (int i = 0; i < VhdxLayout.HEADERS.length; i++) {
            file.write(VhdxLayout.HEADERS[i], header(i, hash));
            file.write(VhdxLayout.REGION_TABLES[i], regions((int) tableBytes));
        }
        file.write(METADATA, metadata(disk.size(), NameUuid.of("vhdx disk", hash)));
        table.limit(Math.toIntExact(Blocks.roundUp(entries * Long.BYTES, PHYSICAL_SECTOR_BYTES)));
        file.write(TABLE, table);
        file.extend(end[0]);
    }

    private static ByteBuffer fileType() {
        ByteBuffer type = VhdxLayout.zeros(512 + Long.BYTES);
        type.putLong(VhdxLayout.FILE_SIGNATURE);
        return type.put("Cortado".getBytes(StandardCharsets.UTF_16LE)).clear();
    }

    /** Of a file that was closed: its log has no name, and nothing in it to be done. */
    private static ByteBuffer header(int number, String hash) {
        ByteBuffer header = VhdxLayout.zeros(VhdxLayout.HEADER_BYTES);
        header.putInt(0, VhdxLayout.HEADER_SIGNATURE);
        header.putLong(VhdxLayout.SEQUENCE_NUMBER, number);
        VhdxLayout.putId(header, VhdxLayout.FILE_WRITE_ID, NameUuid.of("vhdx file", hash));
        VhdxLayout.putId(header, VhdxLayout.DATA_WRITE_ID, NameUuid.of("vhdx data", hash));
        header.putShort(VhdxLayout.VERSION, (short) 1);
        header.putInt(VhdxLayout.LOG_LENGTH, VhdxLayout.MEBI);
        header.putLong(VhdxLayout.LOG_OFFSET, LOG);
        return header.putInt(VhdxLayout.CHECKSUM, VhdxLayout.checksum(header));
    }

    private static ByteBuffer regions(int tableBytes) {
        ByteBuffer table = VhdxLayout.zeros(VhdxLayout.REGION_TABLE_BYTES);
        table.putInt(0, VhdxLayout.REGION_SIGNATURE).putInt(VhdxLayout.REGION_COUNT, 2);
        region(table, 0, VhdxLayout.BLOCK_TABLE, TABLE, tableBytes);
        region(table, 1, VhdxLayout.METADATA, METADATA, VhdxLayout.MEBI);
        return table.putInt(VhdxLayout.CHECKSUM, VhdxLayout.checksum(table));
    }

    private static void region(ByteBuffer table, int number, UUID id, long offset, int length) {
        int at = VhdxLayout.REGION_ENTRIES + number * VhdxLayout.ENTRY_BYTES;
        VhdxLayout.putId(table, at, id);
        table.putLong(at + VhdxLayout.REGION_OFFSET, offset);
        table.putInt(at + VhdxLayout.REGION_LENGTH, length);
        table.putInt(at + VhdxLayout.REGION_REQUIRED, 1);
    }

    private static ByteBuffer metadata(long diskBytes, UUID diskId) {
        ByteBuffer region = VhdxLayout.zeros(VhdxLayout.METADATA_TABLE_BYTES + 4096);
        region.putLong(0, VhdxLayout.METADATA_SIGNATURE);
        region.position(VhdxLayout.METADATA_TABLE_BYTES);
        item(region, VhdxLayout.FILE_PARAMETERS, VhdxLayout.REQUIRED, 8);
        region.putInt(BLOCK_BYTES).putInt(0);
        int ofDisk = VhdxLayout.REQUIRED | VhdxLayout.OF_DISK;
        item(region, VhdxLayout.DISK_SIZE, ofDisk, Long.BYTES);
        region.putLong(diskBytes);
        item(region, VhdxLayout.DISK_ID, ofDisk, 16);
        VhdxLayout.putId(region, region.position(), diskId);
        region.position(region.position() + 16);
        item(region, VhdxLayout.LOGICAL_SECTOR, ofDisk, Integer.BYTES);
        region.putInt(SECTOR_BYTES);
        item(region, VhdxLayout.PHYSICAL_SECTOR, ofDisk, Integer.BYTES);
        region.putInt(PHYSICAL_SECTOR_BYTES);
        return region.clear();
    }

    /** Adds an entry for what comes next. */
    private static void item(ByteBuffer region, UUID id, int flags, int length) {
        short count = region.getShort(VhdxLayout.METADATA_COUNT);
        int at = VhdxLayout.METADATA_ENTRIES + count * VhdxLayout.ENTRY_BYTES;
        VhdxLayout.putId(region, at, id);
        region.putInt(at + VhdxLayout.ITEM_OFFSET, region.position());
        region.putInt(at + VhdxLayout.ITEM_LENGTH, length);
        region.putInt(at + VhdxLayout.ITEM_FLAGS, flags);
        region.putShort(VhdxLayout.METADATA_COUNT, (short) (count + 1));
    }
}
