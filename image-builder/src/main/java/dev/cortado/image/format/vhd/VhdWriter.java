package dev.cortado.image.format.vhd;

import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.SparseFile;
import dev.cortado.image.image.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes a disk as Microsoft's older format has it: byte by byte, or growing when written to. */
public final class VhdWriter {
    /** The smaller of the two sizes that Hyper-V has. */
    private static final int BLOCK_BYTES = 512 << 10;

    /** A bit for each of its sectors. */
    private static final int BITMAP_BYTES = VhdFooter.SECTOR_BYTES;

    private static final int USED_BITMAP_BYTES = BLOCK_BYTES / VhdFooter.SECTOR_BYTES / Byte.SIZE;
    private static final long TABLE = VhdFooter.BYTES + VhdFooter.DYNAMIC_BYTES;

    private VhdWriter() {}

    /**
     * A disk as it is, with a footer.
     *
     * @throws dev.cortado.image.UserError if the disk cannot be read, or the file not be written
     */
    public static void writeFixed(ByteSource disk, Path file) {
        AtomicFile.write(
                file,
                channel -> {
                    SparseFile output = new SparseFile(channel);
                    output.copy(0, disk, BITMAP_BYTES * Byte.SIZE);
                    output.write(disk.size(), VhdFooter.of(disk, VhdFooter.FIXED, -1));
                });
    }

    /**
     * A disk of blocks, those of zeros left out.
     *
     * @throws dev.cortado.image.UserError if the disk cannot be read, or the file not be written
     */
    public static void writeDynamic(ByteSource disk, Path file) {
        AtomicFile.write(file, channel -> writeDynamic(disk, channel));
    }

    private static void writeDynamic(ByteSource disk, FileChannel channel) throws IOException {
        SparseFile file = new SparseFile(channel);
        int entries = Math.toIntExact(Blocks.count(disk.size(), BLOCK_BYTES));
        int tableBytes =
                Math.toIntExact(
                        Blocks.roundUp((long) entries * Integer.BYTES, VhdFooter.SECTOR_BYTES));
        ByteBuffer table = ByteBuffer.allocate(tableBytes);
        Arrays.fill(table.array(), (byte) VhdFooter.NOT_ALLOCATED);
        ByteBuffer bitmap = ByteBuffer.allocate(BITMAP_BYTES);
        Arrays.fill(bitmap.array(), 0, USED_BITMAP_BYTES, (byte) 0xff);
        long[] end = {TABLE + tableBytes};
        Blocks.visit(
                disk,
                BLOCK_BYTES,
                (block, bytes) -> {
                    long sector = end[0] / VhdFooter.SECTOR_BYTES;
                    table.putInt((int) block * Integer.BYTES, Math.toIntExact(sector));
                    file.write(end[0], bitmap.duplicate());
                    file.write(end[0] + BITMAP_BYTES, bytes);
                    end[0] += BITMAP_BYTES + BLOCK_BYTES;
                });
        ByteBuffer footer = VhdFooter.of(disk, VhdFooter.DYNAMIC, VhdFooter.BYTES);
        file.write(0, footer.duplicate());
        file.write(VhdFooter.BYTES, header(entries));
        file.write(TABLE, table);
        file.write(end[0], footer);
    }

    private static ByteBuffer header(int entries) {
        ByteBuffer header = ByteBuffer.allocate(VhdFooter.DYNAMIC_BYTES);
        header.putLong(0, VhdFooter.DYNAMIC_COOKIE).putLong(Long.BYTES, -1);
        header.putLong(VhdFooter.TABLE_OFFSET, TABLE);
        header.putInt(VhdFooter.DYNAMIC_VERSION, VhdFooter.VERSION_1);
        header.putInt(VhdFooter.TABLE_ENTRIES, entries);
        header.putInt(VhdFooter.BLOCK_SIZE, BLOCK_BYTES);
        int checksum = VhdFooter.checksum(header, VhdFooter.DYNAMIC_CHECKSUM);
        return header.putInt(VhdFooter.DYNAMIC_CHECKSUM, checksum);
    }
}
