package dev.cortado.image.format.qcow2;

import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.SparseFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** How many uses each cluster of a file has; written as a table of blocks of 16-bit counts. */
final class Refcounts {
    /** A count has 2 to that power bits. */
    static final int ORDER = 4;

    private final int clusterBytes;
    private short[] counts = new short[64];

    Refcounts(int clusterBytes) {
        this.clusterBytes = clusterBytes;
    }

    /** What is in these bytes of the file is one more use of all clusters that it touches. */
    void use(long position, long bytes) {
        int first = Math.toIntExact(position / clusterBytes);
        int end = Math.toIntExact(Blocks.count(position + bytes, clusterBytes));
        if (end > counts.length) {
            counts = Arrays.copyOf(counts, Math.max(end, counts.length * 2));
        }
        for (int cluster = first; cluster < end; cluster++) {
            counts[cluster]++;
        }
    }

    /**
     * Writes blocks, and a table of them after that, behind all other clusters.
     *
     * @param end of the file so far, at a cluster
     * @return where the table is, and how many clusters it has
     */
    Table write(SparseFile file, long end) throws IOException {
        int perBlock = clusterBytes / Short.BYTES;
        long clusters = end / clusterBytes;
        long blocks = 0;
        long tableClusters = 0;
        // Blocks and table are counted in themselves.
        long before = -1;
        while (before != blocks + tableClusters) {
            before = blocks + tableClusters;
            blocks = Blocks.count(clusters + before, perBlock);
            tableClusters = Blocks.count(blocks * Long.BYTES, clusterBytes);
        }
        long table = end + blocks * clusterBytes;
        use(end, (blocks + tableClusters) * clusterBytes);
        ByteBuffer entries = ByteBuffer.allocate(Math.toIntExact(tableClusters * clusterBytes));
        ByteBuffer block = ByteBuffer.allocate(clusterBytes);
        for (int i = 0; i < blocks; i++) {
            block.clear();
            for (int j = i * perBlock; j < (i + 1) * perBlock && j < counts.length; j++) {
                block.putShort(counts[j]);
            }
            while (block.hasRemaining()) {
                block.put((byte) 0);
            }
            file.write(end + (long) i * clusterBytes, block.flip());
            entries.putLong(end + (long) i * clusterBytes);
        }
        file.write(table, entries.clear());
        return new Table(table, Math.toIntExact(tableClusters));
    }

    /** Where the table is. */
    record Table(long position, int clusters) {}
}
