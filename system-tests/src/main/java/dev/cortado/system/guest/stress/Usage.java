package dev.cortado.system.guest.stress;

import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.memory.Memory;

/**
 * What is in use once all garbage is gone.
 *
 * @param heapBytes of Java objects
 * @param allBytes of memory, image and Java heap included
 * @param threads that are alive
 */
record Usage(long heapBytes, long allBytes, int threads) {
    private static final int COLLECTIONS = 4;
    private static final double TOLERANCE = 0.01;

    /** The collector counts whole chunks of 512 KiB, and a stack stays as deep as it once was. */
    private static final long GRANULE = 1 << 20;

    static Usage now() throws InterruptedException {
        long deadline = System.nanoTime() + Await.SECONDS * 1_000_000_000L;
        Usage least = measure();
        // Pools let go of their threads by and by.
        while (least.threads > 2 && System.nanoTime() < deadline) {
            Thread.sleep(100);
            Usage next = measure();
            if (next.threads == least.threads && next.allBytes == least.allBytes) {
                break;
            }
            least = next;
        }
        return least;
    }

    private static Usage measure() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return new Usage(
                runtime.totalMemory() - runtime.freeMemory(),
                ImageLayout.physicalEnd
                        - ImageLayout.physicalBegin
                        + Memory.totalBytes()
                        - Memory.freeBytes(),
                Thread.getAllStackTraces().size());
    }

    void requireAsBefore(Usage before) {
        requireClose(before.heapBytes, heapBytes, "bytes of heap");
        requireClose(before.allBytes, allBytes, "bytes of memory");
        Await.require(threads <= before.threads, "threads are left over");
    }

    private static void requireClose(long before, long after, String what) {
        Await.require(
                after <= before * (1 + TOLERANCE) + GRANULE,
                what + ": " + before + ", now " + after);
    }
}
