package dev.cortado.image.format.qcow2;

import dev.cortado.image.format.bytes.BlockSource;
import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.TablePage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A disk of QEMU's, version 2 or 3, with compressed clusters or without. */
public final class Qcow2Disk extends BlockSource {
    private static final int LEAST_CLUSTER_BITS = 9;
    private static final int MOST_CLUSTER_BITS = 21;

    private final TablePage level1;
    private final TablePage level2;
    private final int clusterBits;
    private final long level1Table;
    private final int level2Entries;
    private long inflatedEntry;
    private ByteBuffer inflated;

    private Qcow2Disk(ByteSource file, ByteBuffer header, int clusterBits) {
        super(file, header.getLong(Qcow2Layout.SIZE), 1 << clusterBits);
        this.clusterBits = clusterBits;
        level1 = new TablePage(file, ByteOrder.BIG_ENDIAN, "the first table");
        level2 = new TablePage(file, ByteOrder.BIG_ENDIAN, "a second table");
        level1Table = header.getLong(Qcow2Layout.LEVEL_1_TABLE);
        level2Entries = blockBytes() / Long.BYTES;
        long used = Blocks.count(size(), (long) level2Entries * blockBytes());
        int entries = header.getInt(Qcow2Layout.LEVEL_1_ENTRIES);
        if (entries < used) {
            throw damaged(
                    "its first table has %s entries, and its size needs %d",
                    Integer.toUnsignedString(entries), used);
        }
        file.requireInside(level1Table, used * Long.BYTES, "the first table");
    }

    /** Whether a file begins as such a disk. */
    public static boolean is(ByteSource file) {
        return file.size() >= Qcow2Layout.VERSION_2_BYTES
                && file.bytes(0, Integer.BYTES, "the magic").getInt() == Qcow2Layout.MAGIC;
    }

    /**
     * @throws dev.cortado.image.UserError if it is damaged, or uses what is not read here
     */
    public static Qcow2Disk open(ByteSource file) {
        ByteBuffer begin = file.bytes(0, Qcow2Layout.VERSION_2_BYTES, "the header");
        int version = begin.getInt(Qcow2Layout.VERSION);
        if (version != Qcow2Layout.VERSION_2 && version != Qcow2Layout.VERSION_3) {
            throw file.unsupported("it is a qcow2 disk of version %s", unsigned(version));
        }
        if (version == Qcow2Layout.VERSION_3) {
            requireKnownFeatures(file);
        }
        if (begin.getLong(Qcow2Layout.BACKING_FILE) != 0) {
            throw file.unsupported("it has bytes of a backing file");
        }
        if (begin.getInt(Qcow2Layout.ENCRYPTION) != 0) {
            throw file.unsupported("it is encrypted");
        }
        int clusterBits = begin.getInt(Qcow2Layout.CLUSTER_BITS);
        if (clusterBits < LEAST_CLUSTER_BITS || clusterBits > MOST_CLUSTER_BITS) {
            throw file.damaged("a cluster has 2 to the power of %s bytes", unsigned(clusterBits));
        }
        long size = begin.getLong(Qcow2Layout.SIZE);
        if (size < 0 || size > Qcow2Layout.MOST_BYTES) {
            throw file.damaged("its disk has %s bytes", Long.toUnsignedString(size));
        }
        return new Qcow2Disk(file, begin, clusterBits);
    }

    private static void requireKnownFeatures(ByteSource file) {
        int least = Qcow2Layout.HEADER_LENGTH + Integer.BYTES;
        ByteBuffer header = file.bytes(0, least, "the header");
        long features = header.getLong(Qcow2Layout.FEATURES);
        if ((features & Qcow2Layout.EXTERNAL_DATA) != 0) {
            throw file.unsupported("its data is in another file");
        }
        if ((features & Qcow2Layout.COMPRESSION_TYPE) != 0) {
            int type = file.bytes(Qcow2Layout.COMPRESSION, 1, "the compression type").get();
            if (type != 0) {
                throw file.unsupported("it is compressed otherwise than by zlib (%d)", type & 0xff);
            }
        }
        long unknown = features & ~(Qcow2Layout.DIRTY | Qcow2Layout.COMPRESSION_TYPE);
        if (unknown != 0) {
            throw file.unsupported("it uses features that are not known (0x%x)", unknown);
        }
    }

    @Override
    protected boolean isHole(long block) {
        long entry = entry(block);
        if ((entry & Qcow2Layout.COMPRESSED) != 0) {
            return false;
        }
        return (entry & Qcow2Layout.ALL_ZEROS) != 0 || (entry & Qcow2Layout.OFFSET_MASK) == 0;
    }

    @Override
    protected void readBlock(long block, int offset, ByteBuffer into) {
        long entry = entry(block);
        if ((entry & Qcow2Layout.COMPRESSED) == 0) {
            file().read((entry & Qcow2Layout.OFFSET_MASK) + offset, into);
            return;
        }
        if (inflated == null || entry != inflatedEntry) {
            inflated = inflate(block, entry);
            inflatedEntry = entry;
        }
        into.put(inflated.slice(offset, into.remaining()));
    }

    private long entry(long block) {
        long table =
                level1.int64(level1Table + block / level2Entries * Long.BYTES)
                        & Qcow2Layout.OFFSET_MASK;
        return table == 0 ? 0 : level2.int64(table + block % level2Entries * Long.BYTES);
    }

    private ByteBuffer inflate(long block, long entry) {
        int offsetBits = Qcow2Layout.compressedOffsetBits(clusterBits);
        long start = entry & (1L << offsetBits) - 1;
        long sectors = (entry & ~(Qcow2Layout.COPIED | Qcow2Layout.COMPRESSED)) >>> offsetBits;
        long end = (start / Qcow2Layout.SECTOR_BYTES + sectors + 1) * Qcow2Layout.SECTOR_BYTES;
        // The last sector need not be whole.
        long length = Math.min(end, file().size()) - start;
        if (length <= 0 || length > 2L * blockBytes() + Qcow2Layout.SECTOR_BYTES) {
            throw damaged("cluster %d has %d compressed bytes at %d", block, length, start);
        }
        ByteBuffer compressed = file().bytes(start, (int) length, "a compressed cluster");
        ByteBuffer cluster = ByteBuffer.allocate(blockBytes());
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(compressed);
            inflater.inflate(cluster);
        } catch (DataFormatException e) {
            throw damaged("cluster %d cannot be inflated (%s)", block, e.getMessage());
        } finally {
            inflater.end();
        }
        if (cluster.hasRemaining()) {
            throw damaged("cluster %d has only %d bytes", block, cluster.position());
        }
        return cluster.flip();
    }

    private static String unsigned(int number) {
        return Integer.toUnsignedString(number);
    }
}
