package dev.cortado.runtime.file.vfat;

/** How many bits the entries of the file allocation table have. */
enum FatKind {
    FAT12(12),
    FAT16(16),
    FAT32(32);

    /** Of FAT32's entries, the others are kept for something else. */
    private static final int USED_BITS = 28;

    private final int bits;

    FatKind(int bits) {
        this.bits = bits;
    }

    int bits() {
        return bits;
    }

    /** Of an entry's bits, those that tell of a cluster. */
    int mask() {
        return (1 << Math.min(bits, USED_BITS)) - 1;
    }
}
