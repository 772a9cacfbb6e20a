package dev.cortado.boot.fat;

import static dev.cortado.boot.fat.FatGeometry.FIRST_CLUSTER;
import static dev.cortado.boot.fat.FatGeometry.SECTOR_SIZE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A volume with one file, some directories down. The same arguments give the same bytes: nothing in
 * it has the time.
 */
public final class FatVolume {
    /** Sectors before the allocation tables. */
    public static final int RESERVED_SECTORS = FatGeometry.RESERVED_SECTORS;

    /**
     * The first of {@link #RESERVED_SECTORS} that nothing of FAT's is in, as are those after it.
     */
    public static final int FREE_SECTOR = 8;

    /** The 8 letters from byte 3 on that say who made a volume, as a little-endian number. */
    public static final long MAKER = 0x314F_4441_5452_4F43L;

    private static final int LABEL_SIZE = 11;

    private final String label;
    private final int serialNumber;
    private final List<String> path;
    private final long fileSize;
    private final FatGeometry geometry;

    /**
     * @param label up to 11 capitals
     * @param serialNumber what tells volumes apart
     * @param path the directories and the file, in short names
     * @param fileSize bytes of the file, 1 to 2^32 - 1
     * @throws IllegalArgumentException if a name or the size is not possible
     */
    public FatVolume(String label, int serialNumber, List<String> path, long fileSize) {
        if (fileSize < 1 || fileSize >>> Integer.SIZE != 0) {
            throw new IllegalArgumentException("no file on FAT has " + fileSize + " bytes");
        }
        if (path.isEmpty() || label.length() > LABEL_SIZE) {
            throw new IllegalArgumentException("no volume: " + label + ", " + path);
        }
        path.forEach(FatDirectory::shortName);
        this.label = FatDirectory.padded(label, LABEL_SIZE);
        this.serialNumber = serialNumber;
        this.path = List.copyOf(path);
        this.fileSize = fileSize;
        this.geometry =
                FatGeometry.of(size -> path.size() + clustersOf(fileSize, size * SECTOR_SIZE));
    }

    /** Sectors of the whole volume. */
    public long sectors() {
        return geometry.sectors();
    }

    /** The first of the file's sectors, counted from the volume's first; the rest follow it. */
    public long fileSector() {
        return geometry.sectorOf(fileCluster());
    }

    /**
     * Writes boot record, allocation tables and directories.
     *
     * @param volume all of its bytes, zero where the file is not
     * @param firstSector where on its disk it begins
     */
    public void write(ByteBuffer volume, long firstSector) {
        ByteBuffer bytes = volume.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        var record = new FatBootRecord(geometry, label, serialNumber);
        int next = freeClusters() > 0 ? fileCluster() + fileClusters() : FatBootRecord.NONE_FREE;
        record.write(bytes, firstSector, freeClusters(), next);
        int first = Math.toIntExact(FatGeometry.RESERVED_SECTORS * (long) SECTOR_SIZE);
        int size = Math.multiplyExact(geometry.sectorsPerTable(), SECTOR_SIZE);
        table(bytes.slice(first, size));
        bytes.put(first + size, bytes, first, size);
        for (int depth = 0; depth < path.size(); depth++) {
            directory(bytes, depth);
        }
    }

    /** The first two entries have no cluster: what they say is the medium, and that all is well. */
    private void table(ByteBuffer table) {
        FatTable entries = new FatTable(table, geometry.type());
        int end = geometry.type().end();
        entries.put(0, end & ~0xFF | FatBootRecord.MEDIUM);
        entries.put(1, end);
        for (int cluster = FIRST_CLUSTER; cluster < fileCluster(); cluster++) {
            entries.put(cluster, end);
        }
        int last = fileCluster() + fileClusters() - 1;
        for (int cluster = fileCluster(); cluster < last; cluster++) {
            entries.put(cluster, cluster + 1);
        }
        entries.put(last, end);
    }

    /** The directory that many steps below the root, with the next one or the file in it. */
    private void directory(ByteBuffer volume, int depth) {
        volume.position(Math.toIntExact(sectorOfDirectory(depth) * SECTOR_SIZE));
        if (depth == 0) {
            byte[] name = label.getBytes(StandardCharsets.US_ASCII);
            FatDirectory.append(volume, name, FatDirectory.VOLUME_LABEL, 0, 0);
        } else {
            // To the root, ".." says cluster 0, also where the root has a cluster.
            int above = depth == 1 ? 0 : clusterOfDirectory(depth - 1);
            FatDirectory.append(
                    volume, dots("."), FatDirectory.DIRECTORY, clusterOfDirectory(depth), 0);
            FatDirectory.append(volume, dots(".."), FatDirectory.DIRECTORY, above, 0);
        }
        byte[] name = FatDirectory.shortName(path.get(depth));
        if (depth == path.size() - 1) {
            FatDirectory.append(volume, name, FatDirectory.FILE, fileCluster(), fileSize);
        } else {
            int below = clusterOfDirectory(depth + 1);
            FatDirectory.append(volume, name, FatDirectory.DIRECTORY, below, 0);
        }
    }

    private static byte[] dots(String dots) {
        return FatDirectory.padded(dots, LABEL_SIZE).getBytes(StandardCharsets.US_ASCII);
    }

    private long sectorOfDirectory(int depth) {
        return depth == 0 && geometry.rootEntries() > 0
                ? geometry.rootSector()
                : geometry.sectorOf(clusterOfDirectory(depth));
    }

    /** One cluster each, the root's first if it has one. */
    private int clusterOfDirectory(int depth) {
        return FIRST_CLUSTER + depth - (geometry.rootEntries() > 0 ? 1 : 0);
    }

    private int fileCluster() {
        return clusterOfDirectory(path.size());
    }

    private int fileClusters() {
        return (int) clustersOf(fileSize, geometry.sectorsPerCluster() * SECTOR_SIZE);
    }

    private int freeClusters() {
        return FIRST_CLUSTER + geometry.clusters() - fileCluster() - fileClusters();
    }

    private static long clustersOf(long bytes, int clusterSize) {
        return (bytes + clusterSize - 1) / clusterSize;
    }
}
