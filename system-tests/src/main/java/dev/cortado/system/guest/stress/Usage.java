package dev.cortado.system.guest.stress;

import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.substrate.LiveObjects;

/**
 * What is in use once all garbage is gone, in bytes. Of the Java heap, objects count and not the
 * chunks that they are in: one chunk is more than a hundredth of all, and one object may need one.
 *
 * @param all image, Java objects, kernel and stacks
 * @param heap of Java objects
 * @param kernel control blocks and the like
 * @param tables of pages
 * @param threads that are alive
 */
record Usage(long all, long heap, long kernel, long tables, int threads) {
    /** What is young becomes old first, and is moved together then. */
    private static final int COLLECTIONS = 4;

    private static final double TOLERANCE = 0.01;

    static Usage now() throws InterruptedException {
        long deadline = System.nanoTime() + Await.SECONDS * 1_000_000_000L;
        Usage least = measure();
        // Pools let go of their threads by and by.
        while (least.threads > 2 && System.nanoTime() < deadline) {
            Thread.sleep(100);
            Usage next = measure();
            if (next.equals(least)) {
                break;
            }
            least = next;
        }
        return least;
    }

    private static Usage measure() {
        int threads = Thread.getAllStackTraces().size();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        long chunks = runtime.totalMemory() - runtime.freeMemory();
        long objects = LiveObjects.bytes();
        return new Usage(
                ImageLayout.physicalEnd
                        - ImageLayout.physicalBegin
                        + Memory.totalBytes()
                        - Memory.freeBytes()
                        - chunks
                        + objects,
                objects,
                Memory.kernelHeapBytes(),
                Memory.pageTableBytes(),
                threads);
    }

    boolean isAsBefore(Usage before) {
        return all <= before.all * (1 + TOLERANCE);
    }

    void requireAsBefore(Usage before) {
        Await.require(isAsBefore(before), "memory: before " + before + ", now " + this);
        Await.require(threads <= before.threads, "threads are left over");
    }
}
