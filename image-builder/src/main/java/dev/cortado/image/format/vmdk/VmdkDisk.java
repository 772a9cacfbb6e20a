package dev.cortado.image.format.vmdk;

import dev.cortado.image.format.bytes.BlockSource;
import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.TablePage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A disk of VMware's in one sparse file, to be written to or stream-optimised. */
public final class VmdkDisk extends BlockSource {
    private static final int MOST_GRAIN_SECTORS = 1 << 11;
    private static final int MOST_TABLE_ENTRIES = 1 << 16;
    private static final int MOST_DESCRIPTOR_SECTORS = 1 << 11;

    /** More than any hypervisor has. */
    private static final long MOST_SECTORS = 1L << 41;

    private static final int KNOWN_FLAGS =
            SparseExtent.VALID_LINE_ENDS
                    | SparseExtent.REDUNDANT_TABLES
                    | SparseExtent.ZERO_GRAINS
                    | SparseExtent.COMPRESSED
                    | SparseExtent.MARKERS;

    private final boolean isCompressed;
    private final boolean hasZeroGrains;
    private final long directory;
    private final int tableEntries;
    private final TablePage directoryPage;
    private final TablePage tablePage;
    private long inflatedBlock = -1;
    private ByteBuffer inflated;

    private VmdkDisk(ByteSource file, ByteBuffer header, long sectors, int grainSectors) {
        super(file, sectors * SparseExtent.SECTOR_BYTES, grainSectors * SparseExtent.SECTOR_BYTES);
        int flags = header.getInt(SparseExtent.FLAGS);
        isCompressed = (flags & SparseExtent.COMPRESSED) != 0;
        hasZeroGrains = (flags & SparseExtent.ZERO_GRAINS) != 0;
        tableEntries = header.getInt(SparseExtent.ENTRIES_PER_TABLE);
        if (tableEntries <= 0 || tableEntries > MOST_TABLE_ENTRIES) {
            throw damaged("a table has %s grains", Integer.toUnsignedString(tableEntries));
        }
        directory = bytes(file, header.getLong(SparseExtent.DIRECTORY), "the grain directory");
        long tables = Blocks.count(size(), (long) blockBytes() * tableEntries);
        file.requireInside(directory, tables * Integer.BYTES, "the grain directory");
        directoryPage = new TablePage(file, ByteOrder.LITTLE_ENDIAN, "the grain directory");
        tablePage = new TablePage(file, ByteOrder.LITTLE_ENDIAN, "a grain table");
    }

    /** Whether a file begins as such a disk. */
    public static boolean is(ByteSource file) {
        return file.size() >= SparseExtent.SECTOR_BYTES
                && header(file, 0).getInt(0) == SparseExtent.MAGIC;
    }

    /** Whether it is one that was made to be sent. */
    public static boolean isStreamOptimized(ByteSource file) {
        return (header(file, 0).getInt(SparseExtent.FLAGS) & SparseExtent.MARKERS) != 0;
    }

    /**
     * @throws dev.cortado.image.UserError if it is damaged, or uses what is not read here
     */
    public static VmdkDisk open(ByteSource file) {
        ByteBuffer header = header(file, 0);
        if (header.getLong(SparseExtent.DIRECTORY) == SparseExtent.DIRECTORY_AT_END) {
            header = header(file, file.size() - 2 * SparseExtent.SECTOR_BYTES);
        }
        if (header.getInt(0) != SparseExtent.MAGIC) {
            throw file.damaged("it has no footer");
        }
        int flags = header.getInt(SparseExtent.FLAGS);
        if ((flags & ~KNOWN_FLAGS) != 0) {
            throw file.unsupported("it uses features that are not known (0x%x)", flags);
        }
        boolean isCompressed = (flags & SparseExtent.COMPRESSED) != 0;
        int compression = header.getShort(SparseExtent.COMPRESSION) & 0xffff;
        if (isCompressed && compression != SparseExtent.DEFLATE) {
            throw file.unsupported("it is compressed otherwise than by deflate (%d)", compression);
        }
        long sectors = header.getLong(SparseExtent.CAPACITY);
        if (sectors < 0 || sectors > MOST_SECTORS) {
            throw file.damaged("its disk has %s sectors", Long.toUnsignedString(sectors));
        }
        long grain = header.getLong(SparseExtent.GRAIN_SIZE);
        if (grain <= 0 || grain > MOST_GRAIN_SECTORS) {
            throw file.damaged("a grain has %s sectors", Long.toUnsignedString(grain));
        }
        requireNoParent(file, header);
        return new VmdkDisk(file, header, sectors, (int) grain);
    }

    private static ByteBuffer header(ByteSource file, long position) {
        return file.bytes(position, SparseExtent.SECTOR_BYTES, "the header")
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void requireNoParent(ByteSource file, ByteBuffer header) {
        long at = bytes(file, header.getLong(SparseExtent.DESCRIPTOR), "the descriptor");
        long sectors = header.getLong(SparseExtent.DESCRIPTOR_SIZE);
        if (at == 0) {
            return;
        }
        if (sectors < 0 || sectors > MOST_DESCRIPTOR_SECTORS) {
            throw file.damaged("its descriptor has %s sectors", Long.toUnsignedString(sectors));
        }
        int length = (int) sectors * SparseExtent.SECTOR_BYTES;
        byte[] text = file.bytes(at, length, "the descriptor").array();
        if (DiskDescriptor.namesParent(new String(text, StandardCharsets.UTF_8))) {
            throw file.unsupported("it has bytes of another disk, its parent");
        }
    }

    /** The position of a sector of the file, which may be any number. */
    private static long bytes(ByteSource file, long sector, String what) {
        if (sector < 0 || sector > file.size() / SparseExtent.SECTOR_BYTES) {
            throw file.damaged("%s is at sector %s", what, Long.toUnsignedString(sector));
        }
        return sector * SparseExtent.SECTOR_BYTES;
    }

    /** The sector where a grain is: 0, or 1 where that may be said, if it is zeros. */
    private long grain(long block) {
        long table =
                Integer.toUnsignedLong(
                        directoryPage.int32(directory + block / tableEntries * Integer.BYTES));
        if (table == 0) {
            return 0;
        }
        long entry = table * SparseExtent.SECTOR_BYTES + block % tableEntries * Integer.BYTES;
        return Integer.toUnsignedLong(tablePage.int32(entry));
    }

    @Override
    protected boolean isHole(long block) {
        long grain = grain(block);
        return grain == 0 || hasZeroGrains && grain == 1;
    }

    @Override
    protected void readBlock(long block, int offset, ByteBuffer into) {
        long position = grain(block) * SparseExtent.SECTOR_BYTES;
        if (!isCompressed) {
            file().read(position + offset, into);
            return;
        }
        if (inflatedBlock != block) {
            inflated = inflate(block, position);
            inflatedBlock = block;
        }
        into.put(inflated.slice(offset, into.remaining()));
    }

    private ByteBuffer inflate(long block, long position) {
        ByteBuffer marker =
                file().bytes(position, SparseExtent.GRAIN_DATA, "a grain's marker")
                        .order(ByteOrder.LITTLE_ENDIAN);
        long sector = marker.getLong(0);
        if (sector != block * (blockBytes() / SparseExtent.SECTOR_BYTES)) {
            throw damaged(
                    "the grain at %d is that of sector %s",
                    position, Long.toUnsignedString(sector));
        }
        int length = marker.getInt(SparseExtent.MARKER_SIZE);
        if (length <= 0 || length > 2 * blockBytes()) {
            throw damaged(
                    "the grain at %d has %s bytes", position, Integer.toUnsignedString(length));
        }
        ByteBuffer grain = ByteBuffer.allocate(blockBytes());
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(file().bytes(position + SparseExtent.GRAIN_DATA, length, "a grain"));
            inflater.inflate(grain);
        } catch (DataFormatException e) {
            throw damaged("the grain at %d cannot be inflated (%s)", position, e.getMessage());
        } finally {
            inflater.end();
        }
        // The disk's last grain may end with the disk.
        long needed = Math.min(blockBytes(), size() - block * blockBytes());
        if (grain.position() < needed) {
            throw damaged("the grain at %d has only %d bytes", position, grain.position());
        }
        return grain.clear();
    }
}
