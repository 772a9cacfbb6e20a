package dev.cortado.runtime.file.vfat;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The clusters of a file, in their order. Each so many of them is remembered, so that few steps
 * lead to any.
 */
final class ClusterChain implements Content {
    /** An even number. */
    private static final int MOST_MARKS = 1024;

    private final Geometry geometry;
    private final AllocationTable table;
    private final int[] marks;
    private final int stride;
    private final int count;

    private ClusterChain(
            Geometry geometry, AllocationTable table, int[] marks, int stride, int count) {
        this.geometry = geometry;
        this.table = table;
        this.marks = marks;
        this.stride = stride;
        this.count = count;
    }

    /**
     * Follows one to its end.
     *
     * @param owner where its first cluster is noted on the disk, for messages
     * @throws FileException EUCLEAN if it has none, or leads back to itself (Brent, "An improved
     *     Monte Carlo factorization algorithm", 1980, 2), or leaves the volume
     */
    static ClusterChain of(Geometry geometry, AllocationTable table, int first, long owner)
            throws FileException {
        if (!geometry.hasCluster(first)) {
            throw geometry.damaged(owner, "there is no cluster " + Integer.toUnsignedString(first));
        }
        int[] marks = new int[MOST_MARKS];
        int stride = 1;
        int count = 0;
        int seen = AllocationTable.END;
        int cluster = first;
        while (cluster != AllocationTable.END) {
            if (cluster == seen) {
                throw geometry.damaged(owner, "a chain of clusters that comes back to " + seen);
            }
            if (Integer.bitCount(count) == 1) {
                seen = cluster;
            }
            if (count == stride * MOST_MARKS) {
                for (int mark = 1; mark < MOST_MARKS / 2; mark++) {
                    marks[mark] = marks[2 * mark];
                }
                stride *= 2;
            }
            if (count % stride == 0) {
                marks[count / stride] = cluster;
            }
            count++;
            cluster = table.next(cluster);
        }
        int used = (count - 1) / stride + 1;
        return new ClusterChain(geometry, table, Arrays.copyOf(marks, used), stride, count);
    }

    @Override
    public long bytes() {
        return (long) count * geometry.clusterBytes();
    }

    @Override
    public long place(long position) throws FileException {
        int clusterBytes = geometry.clusterBytes();
        int wanted = Math.toIntExact(position / clusterBytes);
        int cluster = marks[wanted / stride];
        for (int at = wanted - wanted % stride; at < wanted; at++) {
            cluster = step(cluster);
        }
        return geometry.position(cluster) + position % clusterBytes;
    }

    /** What was not the end when all were counted may have become it, if the disk lies. */
    private int step(int cluster) throws FileException {
        int next = table.next(cluster);
        if (next == AllocationTable.END) {
            throw geometry.damaged(geometry.position(cluster), "a chain of clusters was cut");
        }
        return next;
    }

    /** Those that are one behind the other are read in one piece. */
    @Override
    public void read(long position, ByteBuffer to) throws FileException {
        int limit = to.limit();
        long at = place(position);
        long room = geometry.clusterBytes() - position % geometry.clusterBytes();
        try {
            while (to.position() < limit) {
                long begin = at;
                int wanted = limit - to.position();
                int cluster = cluster(at);
                while (room < wanted) {
                    int next = step(cluster);
                    at = geometry.position(next);
                    if (next != cluster + 1) {
                        break;
                    }
                    cluster = next;
                    room += geometry.clusterBytes();
                }
                to.limit(to.position() + (int) Math.min(room, wanted));
                geometry.reader().read(begin, to);
                to.limit(limit);
                room = geometry.clusterBytes();
            }
        } finally {
            to.limit(limit);
        }
    }

    private int cluster(long place) {
        return (int) ((place - geometry.data()) / geometry.clusterBytes()) + Geometry.FIRST_CLUSTER;
    }
}
