package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.imagefs.ImageFileSystem;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** The directories that are part of the image. */
final class ImageFiles {
    /** Null in images without any, which the compiler sees. */
    private static List<Placed> all;

    private ImageFiles() {}

    /**
     * A directory.
     *
     * @param path where the guest has it, without needless slashes
     */
    record Placed(String path, ImageFileSystem files) {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    static void add(Placed directory) {
        all = Stream.concat(all().stream(), Stream.of(directory)).toList();
    }

    static List<Placed> all() {
        return all == null ? List.of() : all;
    }

    /** Whether one is at a path. */
    static boolean cover(String path) {
        if (all != null) {
            for (Placed each : all) {
                if (each.path.equals(path)) {
                    return true;
                }
            }
        }
        return false;
    }
}
