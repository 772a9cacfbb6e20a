package dev.cortado.image.format.vhd;

import dev.cortado.image.format.bytes.BlockSource;
import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.SourceWindow;
import dev.cortado.image.format.bytes.TablePage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A disk of Microsoft's older format that grows; and how every disk of that format is opened. */
public final class VhdDisk extends BlockSource {
    private static final int MOST_BLOCK_BYTES = 256 << 20;

    /** What a table of 32-bit sectors leads to. */
    private static final long MOST_BYTES = 1L << 41;

    private final long table;
    private final int bitmapBytes;
    private final TablePage tablePage;

    private VhdDisk(ByteSource file, ByteBuffer header, long size, int blockBytes) {
        super(file, size, blockBytes);
        int bits = blockBytes / VhdFooter.SECTOR_BYTES;
        bitmapBytes = (int) Blocks.roundUp(Blocks.count(bits, Byte.SIZE), VhdFooter.SECTOR_BYTES);
        table = header.getLong(VhdFooter.TABLE_OFFSET);
        long entries = Integer.toUnsignedLong(header.getInt(VhdFooter.TABLE_ENTRIES));
        long used = Blocks.count(size, blockBytes);
        if (entries < used) {
            throw damaged("its table has %d blocks, and its size needs %d", entries, used);
        }
        file.requireInside(table, used * Integer.BYTES, "the table of blocks");
        tablePage = new TablePage(file, ByteOrder.BIG_ENDIAN, "the table of blocks");
    }

    /** Whether a file has the footer of such a disk, at its end or, as a copy, at its beginning. */
    public static boolean is(ByteSource file) {
        return hasFooter(file, 0) || hasFooter(file, file.size() - VhdFooter.BYTES);
    }

    /** Whether its bytes are in the file as they are on the disk. */
    public static boolean isFixed(ByteSource file) {
        return footer(file).getInt(VhdFooter.TYPE) == VhdFooter.FIXED;
    }

    /**
     * @throws dev.cortado.image.UserError if it is damaged, or has bytes of another file
     */
    public static ByteSource open(ByteSource file) {
        ByteBuffer footer = footer(file);
        requireChecksum(file, footer, VhdFooter.CHECKSUM, "footer");
        long size = footer.getLong(VhdFooter.CURRENT_SIZE);
        if (size < 0 || size > MOST_BYTES) {
            throw file.damaged("its disk has %s bytes", Long.toUnsignedString(size));
        }
        int type = footer.getInt(VhdFooter.TYPE);
        return switch (type) {
            case VhdFooter.FIXED -> new SourceWindow(file, 0, size, "the disk");
            case VhdFooter.DYNAMIC -> open(file, footer.getLong(VhdFooter.DATA_OFFSET), size);
            default ->
                    throw file.unsupported(
                            "it is a VHD of type %s, neither fixed nor dynamic",
                            Integer.toUnsignedString(type));
        };
    }

    private static VhdDisk open(ByteSource file, long headerOffset, long size) {
        ByteBuffer header = file.bytes(headerOffset, VhdFooter.DYNAMIC_BYTES, "the header");
        if (header.getLong(0) != VhdFooter.DYNAMIC_COOKIE) {
            throw file.damaged("there is no header at %d", headerOffset);
        }
        requireChecksum(file, header, VhdFooter.DYNAMIC_CHECKSUM, "header");
        int blockBytes = header.getInt(VhdFooter.BLOCK_SIZE);
        boolean isPower = Integer.bitCount(blockBytes) == 1;
        if (blockBytes < VhdFooter.SECTOR_BYTES || blockBytes > MOST_BLOCK_BYTES || !isPower) {
            throw file.damaged("a block has %s bytes", Integer.toUnsignedString(blockBytes));
        }
        return new VhdDisk(file, header, size, blockBytes);
    }

    /** The one at the end; the copy of a growing disk if that is not there. */
    private static ByteBuffer footer(ByteSource file) {
        long end = file.size() - VhdFooter.BYTES;
        return file.bytes(hasFooter(file, end) ? end : 0, VhdFooter.BYTES, "the footer");
    }

    private static boolean hasFooter(ByteSource file, long position) {
        return position >= 0
                && position + VhdFooter.BYTES <= file.size()
                && file.bytes(position, Long.BYTES, "the footer").getLong() == VhdFooter.COOKIE;
    }

    private static void requireChecksum(
            ByteSource file, ByteBuffer structure, int offset, String what) {
        int expected = structure.getInt(offset);
        int found = VhdFooter.checksum(structure, offset);
        if (expected != found) {
            throw file.damaged(
                    "the checksum of its %s should be %08x and is %08x", what, expected, found);
        }
    }

    private int sector(long block) {
        return tablePage.int32(table + block * Integer.BYTES);
    }

    @Override
    protected boolean isHole(long block) {
        return sector(block) == VhdFooter.NOT_ALLOCATED;
    }

    @Override
    protected void readBlock(long block, int offset, ByteBuffer into) {
        long start = Integer.toUnsignedLong(sector(block)) * VhdFooter.SECTOR_BYTES;
        file().read(start + bitmapBytes + offset, into);
    }
}
