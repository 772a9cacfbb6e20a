package dev.cortado.runtime.file.ext4.layout;

/**
 * The features that a file system has: the superblock's three words.
 *
 * @param compatible what it does not matter to know
 * @param incompatible what one must know to read
 * @param readOnlyCompatible what one must know to write
 */
public record Features(int compatible, int incompatible, int readOnlyCompatible) {
    public boolean has(Feature feature) {
        return (word(feature.set()) & feature.bit()) != 0;
    }

    private int word(Feature.Set set) {
        return switch (set) {
            case COMPATIBLE -> compatible;
            case INCOMPATIBLE -> incompatible;
            case READ_ONLY_COMPATIBLE -> readOnlyCompatible;
        };
    }

    /** A feature for which the file system cannot even be read; null if there is none. */
    public String firstRefused() {
        for (Feature feature : Feature.values()) {
            if (has(feature) && feature.support() == Feature.Support.NONE) {
                return feature.toString();
            }
        }
        return firstUnknown(Feature.Set.INCOMPATIBLE);
    }

    /** A feature for which the file system can only be read; null if there is none. */
    public String firstForReading() {
        for (Feature feature : Feature.values()) {
            if (has(feature) && feature.support() == Feature.Support.READING) {
                return feature.toString();
            }
        }
        return firstUnknown(Feature.Set.READ_ONLY_COMPATIBLE);
    }

    private String firstUnknown(Feature.Set set) {
        int unknown = word(set);
        for (Feature feature : Feature.values()) {
            if (feature.set() == set) {
                unknown &= ~feature.bit();
            }
        }
        return unknown == 0 ? null : set + " 0x" + Integer.toHexString(unknown);
    }
}
