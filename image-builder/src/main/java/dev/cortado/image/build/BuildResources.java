package dev.cortado.image.build;

import com.sun.management.OperatingSystemMXBean;
import dev.cortado.image.UserError;
import dev.cortado.image.cache.CacheDirectory;
import dev.cortado.image.cache.MemoryShare;
import dev.cortado.image.cache.ResultCache;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a build takes of the machine it runs on; it has no influence on the image.
 *
 * @param directory where builds keep what they share
 * @param results of earlier compiles; empty to do without
 * @param heapBytes the most that the compiler's Java heap may have
 */
public record BuildResources(Path directory, Optional<ResultCache> results, long heapBytes) {
    /** Some tens of compiled programs. */
    public static final long CACHE_BYTES = 2L << 30;

    private static final long ENOUGH = 8L << 30;
    private static final long LEAST = 1L << 30;

    /**
     * The user's cache, and 8 GiB for the compiler or a third of the machine's memory, whichever is
     * more, but not more than three quarters of that.
     */
    public static BuildResources usual() {
        return in(CacheDirectory.usual());
    }

    /** The same, with the cache in another place. */
    public static BuildResources in(Path directory) {
        return new BuildResources(
                directory, Optional.of(cache(directory, CACHE_BYTES)), usualHeap(machine()));
    }

    /** Lets the cache have this many bytes; none to do without. */
    public BuildResources withCacheBytes(long bytes) {
        return new BuildResources(
                directory,
                bytes == 0 ? Optional.empty() : Optional.of(cache(directory, bytes)),
                heapBytes);
    }

    /**
     * @throws UserError if the compiler cannot work with so little
     */
    public BuildResources withHeapBytes(long bytes) {
        if (bytes < LEAST) {
            throw new UserError(
                    "%d MiB are too little for the compiler: give it 2G or more"
                            .formatted(bytes >> 20));
        }
        return new BuildResources(directory, results, bytes);
    }

    static long usualHeap(long machine) {
        return Math.clamp(machine / 3, Math.min(ENOUGH, all(machine)), all(machine));
    }

    /** The results of compiles below a directory for caches. */
    public static ResultCache cache(Path directory, long bytes) {
        return new ResultCache(directory.resolve("compiled"), bytes);
    }

    /**
     * Waits until other builds leave as much memory as the compiler may take.
     *
     * @param waiting run once if there is a wait
     * @return what to close when the compiler has ended
     * @throws IOException if builds cannot agree, for want of a directory to do it in
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Closeable share(Runnable waiting) throws IOException, InterruptedException {
        return MemoryShare.take(directory.resolve("memory"), heapBytes, all(machine()), waiting);
    }

    /** What all compilers together may have. */
    private static long all(long machine) {
        return machine / 4 * 3;
    }

    private static long machine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }
}
