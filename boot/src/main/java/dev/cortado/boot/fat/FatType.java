package dev.cortado.boot.fat;

/**
 * How wide an entry of the allocation table is. The number of clusters alone decides it (fatgen103,
 * "FAT Type Determination").
 */
enum FatType {
    FAT12(12, 0, 4084),
    FAT16(16, 4085, 65_524),
    FAT32(32, 65_525, 0x0FFF_FFF4);

    /** Some readers draw the lines a little elsewhere: fatgen103 says to stay away from them. */
    private static final int DISTANCE = 16;

    private final int bits;
    private final int fewest;
    private final int most;

    FatType(int bits, int fewest, int most) {
        this.bits = bits;
        this.fewest = fewest;
        this.most = most;
    }

    int bits() {
        return bits;
    }

    /** The fewest clusters that a volume should have. */
    int fewest() {
        return fewest == 0 ? 1 : fewest + DISTANCE;
    }

    /** The most clusters that a volume should have. */
    int most() {
        return most - DISTANCE;
    }

    /** An entry that ends a chain, and in its upper bits what the first entry has. */
    int end() {
        return this == FAT32 ? 0x0FFF_FFFF : (1 << bits) - 1;
    }

    /** As it is written in the boot record, for people. */
    String label() {
        return name() + "   ";
    }
}
