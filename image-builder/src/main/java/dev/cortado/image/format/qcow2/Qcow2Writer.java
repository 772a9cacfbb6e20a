package dev.cortado.image.format.qcow2;

import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.SparseFile;
import dev.cortado.image.image.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a disk with compressed clusters; those of zeros have no place. The file is a header, the
 * first table, data in the disk's order, second tables, and who uses which cluster.
 */
public final class Qcow2Writer {
    private static final int CLUSTER_BITS = 16;
    private static final int CLUSTER_BYTES = 1 << CLUSTER_BITS;
    private static final int LEVEL_2_ENTRIES = CLUSTER_BYTES / Long.BYTES;

    private final SparseFile file;
    private final ByteSource disk;
    private final Refcounts refcounts = new Refcounts(CLUSTER_BYTES);
    private final Map<Integer, ByteBuffer> level2 = new TreeMap<>();
    private final int level1Entries;
    private long end;

    private Qcow2Writer(ByteSource disk, SparseFile file) {
        this.disk = disk;
        this.file = file;
        level1Entries = (int) Blocks.count(disk.size(), (long) LEVEL_2_ENTRIES * CLUSTER_BYTES);
    }

    /**
     * @throws dev.cortado.image.UserError if the disk cannot be read, or the file not be written
     */
    public static void write(ByteSource disk, Path file) {
        AtomicFile.write(file, channel -> write(disk, channel));
    }

    /** Writes it into a file that is empty. */
    public static void write(ByteSource disk, FileChannel channel) throws IOException {
        if (disk.size() > Qcow2Layout.MOST_BYTES) {
            throw new IllegalArgumentException("a disk of " + disk.size() + " bytes");
        }
        new Qcow2Writer(disk, new SparseFile(channel)).write();
    }

    private void write() throws IOException {
        long level1Bytes = Blocks.roundUp((long) level1Entries * Long.BYTES, CLUSTER_BYTES);
        end = CLUSTER_BYTES + level1Bytes;
        refcounts.use(0, end);
        try (ClusterDeflater deflater = new ClusterDeflater(CLUSTER_BYTES)) {
            Blocks.visit(
                    disk,
                    CLUSTER_BYTES,
                    (cluster, bytes) -> writeCluster(cluster, bytes, deflater.compress(bytes)));
        }
        end = Blocks.roundUp(end, CLUSTER_BYTES);
        for (Map.Entry<Integer, ByteBuffer> table : level2.entrySet()) {
            ByteBuffer entry = ByteBuffer.allocate(Long.BYTES);
            entry.putLong(0, end | Qcow2Layout.COPIED);
            file.write(CLUSTER_BYTES + (long) table.getKey() * Long.BYTES, entry);
            file.write(end, table.getValue());
            refcounts.use(end, CLUSTER_BYTES);
            end += CLUSTER_BYTES;
        }
        Refcounts.Table table = refcounts.write(file, end);
        file.write(0, header(table));
    }

    /**
     * @param compressed the same, smaller; {@code null} if that cannot be
     */
    private void writeCluster(long cluster, ByteBuffer bytes, ByteBuffer compressed)
            throws IOException {
        long entry;
        if (compressed == null) {
            end = Blocks.roundUp(end, CLUSTER_BYTES);
            entry = end | Qcow2Layout.COPIED;
        } else {
            long begin = end / Qcow2Layout.SECTOR_BYTES;
            long last = (end + compressed.limit() - 1) / Qcow2Layout.SECTOR_BYTES;
            int offsetBits = Qcow2Layout.compressedOffsetBits(CLUSTER_BITS);
            entry = Qcow2Layout.COMPRESSED | (last - begin) << offsetBits | end;
        }
        ByteBuffer data = compressed == null ? bytes : compressed;
        refcounts.use(end, data.limit());
        long start = end;
        end += data.limit();
        file.write(start, data);
        level2.computeIfAbsent(
                        (int) (cluster / LEVEL_2_ENTRIES),
                        table -> ByteBuffer.allocate(CLUSTER_BYTES))
                .putLong((int) (cluster % LEVEL_2_ENTRIES) * Long.BYTES, entry);
    }

    private ByteBuffer header(Refcounts.Table refcountTable) {
        // The header's extensions end with zeros, which a cluster has enough of.
        ByteBuffer header = ByteBuffer.allocate(CLUSTER_BYTES);
        header.putInt(0, Qcow2Layout.MAGIC);
        header.putInt(Qcow2Layout.VERSION, Qcow2Layout.VERSION_3);
        header.putInt(Qcow2Layout.CLUSTER_BITS, CLUSTER_BITS);
        header.putLong(Qcow2Layout.SIZE, disk.size());
        header.putInt(Qcow2Layout.LEVEL_1_ENTRIES, level1Entries);
        header.putLong(Qcow2Layout.LEVEL_1_TABLE, CLUSTER_BYTES);
        header.putLong(Qcow2Layout.REFCOUNT_TABLE, refcountTable.position());
        header.putInt(Qcow2Layout.REFCOUNT_TABLE_CLUSTERS, refcountTable.clusters());
        header.putInt(Qcow2Layout.REFCOUNT_ORDER, Refcounts.ORDER);
        return header.putInt(Qcow2Layout.HEADER_LENGTH, Qcow2Layout.HEADER_BYTES);
    }
}
