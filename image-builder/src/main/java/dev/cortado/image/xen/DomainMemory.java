package dev.cortado.image.xen;

import dev.cortado.image.image.ImageFile;

/** How much memory a domain should have, in MiB. */
public final class DomainMemory {
    /** What the program gets above its image. */
    private static final long ROOM = 96;

    private static final long STEP = 32;
    private static final int MEBI = 20;

    private DomainMemory() {}

    /** As much as most programs need, and more where the image is large. */
    public static long usual(ImageFile image) {
        return (imageEnd(image) + ROOM + STEP - 1) / STEP * STEP;
    }

    /** The end of the image in memory, rounded up: with less, it cannot even be loaded. */
    public static long imageEnd(ImageFile image) {
        return (image.end() + (1L << MEBI) - 1) >> MEBI;
    }
}
