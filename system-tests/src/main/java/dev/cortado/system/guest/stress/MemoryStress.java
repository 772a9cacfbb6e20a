package dev.cortado.system.guest.stress;

import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PageAccess;
import dev.cortado.kernel.memory.Pages;
import dev.cortado.kernel.memory.Regions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * The kernel's memory against a model: regions are reserved, committed, written, protected,
 * uncommitted and freed by several threads; every page is either zero or what was written last, and
 * in the end as much is free as in the beginning.
 */
public final class MemoryStress {
    private static final int THREADS = 4;
    private static final int MOST_REGIONS = 64;
    private static final int MOST_PAGES = 300;

    private MemoryStress() {}

    /**
     * Prints what it did.
     *
     * @param seconds how long at least
     */
    public static void run(int seconds) throws Exception {
        inThreads(0); // so that heap and stacks have their size
        Usage before = Usage.now();
        long steps = inThreads(seconds);
        Usage after = Usage.now();
        System.out.println(steps + " steps");
        System.out.println("before: " + before);
        System.out.println("after:  " + after);
        after.requireAsBefore(before);
        System.out.println("memory stress passed");
    }

    private static long inThreads(int seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long steps = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                all.add(threads.submit(() -> new MemoryModel(new Random(seed)).run(end)));
            }
            for (Future<Long> each : all) {
                steps += each.get();
            }
        }
        return steps;
    }

    /** One thread's regions: what each page must contain, 0 for zeroes, -1 for no memory. */
    private static final class MemoryModel {
        private record Region(long begin, long[] pages) {}

        private final Random random;
        private final List<Region> regions = new ArrayList<>();

        MemoryModel(Random random) {
            this.random = random;
        }

        long run(long end) {
            long steps = 0;
            do {
                for (int i = 0; i < 100; i++) {
                    step();
                    steps++;
                }
            } while (System.nanoTime() < end);
            while (!regions.isEmpty()) {
                release(regions.removeLast());
            }
            return steps;
        }

        private void step() {
            int choice = random.nextInt(10);
            if (regions.isEmpty() || choice == 0 && regions.size() < MOST_REGIONS) {
                reserve();
            } else if (choice == 1) {
                release(regions.remove(random.nextInt(regions.size())));
            } else {
                Region region = regions.get(random.nextInt(regions.size()));
                int first = random.nextInt(region.pages.length);
                int count = 1 + random.nextInt(Math.min(16, region.pages.length - first));
                change(region, first, count, choice);
            }
        }

        private void reserve() {
            long[] pages = new long[1 + random.nextInt(MOST_PAGES)];
            java.util.Arrays.fill(pages, -1);
            long alignment = Frames.SIZE << random.nextInt(10);
            long begin = Regions.reserve(pages.length * Frames.SIZE, alignment);
            Await.require(begin != 0 && begin % alignment == 0, "reserve");
            regions.add(new Region(begin, pages));
        }

        private void release(Region region) {
            check(region, 0, region.pages.length);
            Await.require(
                    Regions.release(region.begin, region.pages.length * Frames.SIZE), "release");
        }

        private void change(Region region, int first, int count, int choice) {
            long begin = region.begin + first * Frames.SIZE;
            long bytes = count * Frames.SIZE;
            check(region, first, count);
            if (choice < 5) {
                Await.require(
                        Pages.commit(begin, bytes, PageAccess.READ | PageAccess.WRITE), "commit");
                java.util.Arrays.fill(region.pages, first, first + count, 0);
            } else if (choice < 7) {
                Pages.uncommit(begin, bytes);
                java.util.Arrays.fill(region.pages, first, first + count, -1);
            } else if (choice < 8) {
                protect(region, first, count);
            } else {
                write(region, first, count);
            }
            check(region, first, count);
        }

        private void write(Region region, int first, int count) {
            for (int i = first; i < first + count; i++) {
                if (region.pages[i] >= 0) {
                    region.pages[i] = random.nextLong() >>> 1;
                    Pointer page = WordFactory.pointer(region.begin + i * Frames.SIZE);
                    page.writeLong(0, region.pages[i]);
                    page.writeLong((int) Frames.SIZE - Long.BYTES, region.pages[i]);
                }
            }
        }

        /** Protection succeeds just where all pages have memory, and keeps their contents. */
        private void protect(Region region, int first, int count) {
            boolean committed = true;
            for (int i = first; i < first + count; i++) {
                committed &= region.pages[i] >= 0;
            }
            long begin = region.begin + first * Frames.SIZE;
            long bytes = count * Frames.SIZE;
            for (int access :
                    new int[] {
                        PageAccess.NONE, PageAccess.READ, PageAccess.READ | PageAccess.WRITE
                    }) {
                Await.require(Pages.protect(begin, bytes, access) == committed, "protect");
                if (!committed) {
                    restore(region, first, count);
                    return;
                }
            }
        }

        /** The pages before the one without memory may have the new access already. */
        private void restore(Region region, int first, int count) {
            for (int i = first; i < first + count; i++) {
                if (region.pages[i] >= 0) {
                    long page = region.begin + i * Frames.SIZE;
                    Pages.protect(page, Frames.SIZE, PageAccess.READ | PageAccess.WRITE);
                }
            }
        }

        private void check(Region region, int first, int count) {
            for (int i = first; i < first + count; i++) {
                if (region.pages[i] >= 0) {
                    Pointer page = WordFactory.pointer(region.begin + i * Frames.SIZE);
                    Await.equal(region.pages[i], page.readLong(0), "first word of a page");
                    long last = page.readLong((int) Frames.SIZE - Long.BYTES);
                    Await.equal(region.pages[i], last, "last word of a page");
                }
            }
        }
    }
}
