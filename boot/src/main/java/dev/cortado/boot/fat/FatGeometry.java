package dev.cortado.boot.fat;

/**
 * The shape of a volume.
 *
 * @param clusters of data
 * @param sectorsPerCluster a power of two
 * @param sectorsPerTable of each of the two allocation tables
 */
record FatGeometry(FatType type, int clusters, int sectorsPerCluster, int sectorsPerTable) {
    static final int SECTOR_SIZE = 512;

    /** Before the tables; the boot record is the first. */
    static final int RESERVED_SECTORS = 16;

    static final int TABLES = 2;

    /** Of a root directory that is not a chain of clusters. */
    private static final int ROOT_ENTRIES = 512;

    /** The first cluster has this number. */
    static final int FIRST_CLUSTER = 2;

    private static final int LARGEST_CLUSTER = 8;

    /**
     * The geometry for something that takes so many sectors: the smallest type, and on FAT32 the
     * largest clusters up to 4096 bytes that leave it one.
     */
    static FatGeometry of(Content content) {
        long sectors = content.clusters(1);
        if (sectors <= FatType.FAT12.most()) {
            return of(FatType.FAT12, sectors, 1);
        }
        if (sectors <= FatType.FAT16.most()) {
            return of(FatType.FAT16, Math.max(sectors, FatType.FAT16.fewest()), 1);
        }
        int size = LARGEST_CLUSTER;
        while (size > 1 && content.clusters(size) < FatType.FAT32.fewest()) {
            size /= 2;
        }
        long clusters = Math.max(content.clusters(size), FatType.FAT32.fewest());
        return of(FatType.FAT32, clusters, size);
    }

    /** What is to be stored, in clusters of different sizes. */
    interface Content {
        /** How many clusters of that many sectors it takes. */
        long clusters(int sectorsPerCluster);
    }

    private static FatGeometry of(FatType type, long clusters, int sectorsPerCluster) {
        if (clusters > type.most()) {
            throw new IllegalArgumentException("no FAT volume has " + clusters + " clusters");
        }
        long bytes = ((clusters + FIRST_CLUSTER) * type.bits() + Byte.SIZE - 1) / Byte.SIZE;
        return new FatGeometry(
                type,
                (int) clusters,
                sectorsPerCluster,
                (int) ((bytes + SECTOR_SIZE - 1) / SECTOR_SIZE));
    }

    /** 0 where the root directory is a chain of clusters. */
    int rootEntries() {
        return type == FatType.FAT32 ? 0 : ROOT_ENTRIES;
    }

    long rootSector() {
        return RESERVED_SECTORS + (long) TABLES * sectorsPerTable;
    }

    int rootSectors() {
        return rootEntries() * FatDirectory.ENTRY_SIZE / SECTOR_SIZE;
    }

    /** The first sector of a cluster. */
    long sectorOf(int cluster) {
        long data = rootSector() + rootSectors();
        return data + (long) (cluster - FIRST_CLUSTER) * sectorsPerCluster;
    }

    /** Sectors of the whole volume. */
    long sectors() {
        return sectorOf(FIRST_CLUSTER + clusters);
    }
}
