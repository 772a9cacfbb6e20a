package dev.cortado.system.stores;

import dev.cortado.system.DiskImage;
import dev.cortado.system.servers.Place;
import java.nio.file.Path;
import java.util.List;

/** A guest's disk with an ext4, or on HotSpot a directory beside it, for what a store keeps. */
record StoreDisk(DiskImage image) {
    private static final String MOUNTED = "/data";

    /** A machine's, at the longest. */
    private static final String PATIENCE_SECONDS = "300";

    private static final long BYTES = 256L << 20;

    /**
     * Makes one.
     *
     * @param options of mke2fs
     */
    static StoreDisk formatted(Path file, String... options) {
        return new StoreDisk(DiskImage.formatted(file, BYTES, options));
    }

    /** Where a program finds it. */
    String path(Place place) {
        return place.isHotSpot() ? image.file() + ".files" : MOUNTED;
    }

    /** What a machine has it by. */
    List<String> options() {
        return List.of("--disk", image.file().toString(), "--mount", MOUNTED + "=vda:ext4,noatime");
    }
}
