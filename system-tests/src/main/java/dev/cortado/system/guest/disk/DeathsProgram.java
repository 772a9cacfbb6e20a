package dev.cortado.system.guest.disk;

import dev.cortado.kernel.memory.PooledFrames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Many threads write, force and read files that have no room in memory together, while the disk's
 * driver dies again and again: its thread is interrupted after some number of their operations.
 */
final class DeathsProgram {
    private static final int THREADS = 16;
    private static final int MOST_OPERATIONS = 60;

    /** More often than sixty times a minute, and the driver would be given up, as it should. */
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(1250);

    /** At first it is started again at once; the delay doubles then. */
    private static final int FAST_DEATHS = 10;

    /** What file systems and drivers have between them is made of such pieces when first needed. */
    private static final int BUFFER_BYTES = 64 << 10;

    private final int deaths;
    private final List<ChunkFile> files = new ArrayList<>();
    private final AtomicInteger operations = new AtomicInteger();
    private volatile boolean isOver;

    /**
     * @param deaths how often it dies
     */
    DeathsProgram(Path directory, int deaths) {
        this.deaths = deaths;
        for (int i = 0; i < THREADS; i++) {
            files.add(new ChunkFile(directory.resolve("chunks-" + i), i));
        }
    }

    void run() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (ChunkFile file : files) {
            threads.add(Thread.ofPlatform().daemon().start(() -> load(file)));
        }
        awaitOperations(THREADS * ChunkFile.CHUNKS);
        long frames = PooledFrames.bytesInUse();
        kill();
        isOver = true;
        for (Thread thread : threads) {
            thread.join();
        }
        for (ChunkFile file : files) {
            System.out.println("sum " + file.path().getFileName() + " " + file.sum());
        }
        // The last driver may be about to give its predecessor's frames back, or to take its own.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (framesMore(frames) % BUFFER_BYTES != 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        System.out.println("frames: " + framesMore(frames) + " bytes more");
    }

    private static long framesMore(long before) {
        return PooledFrames.bytesInUse() - before;
    }

    private void load(ChunkFile file) {
        try {
            file.fill(operations);
            while (!isOver) {
                file.operate();
                operations.incrementAndGet();
            }
            file.readAll();
        } catch (Exception e) {
            System.out.println("failed: " + e);
        }
    }

    private void kill() throws InterruptedException {
        Random random = new Random(deaths);
        long next = System.nanoTime();
        for (int i = 0; i < deaths; i++) {
            awaitOperations(operations.get() + random.nextInt(MOST_OPERATIONS));
            LockSupport.parkNanos(next - System.nanoTime());
            next = System.nanoTime() + (i < FAST_DEATHS ? 0 : PACE_NANOS);
            Thread driver = driver();
            driver.interrupt();
            driver.join(); // it ends when another one has been started
        }
        awaitOperations(operations.get() + THREADS);
    }

    private void awaitOperations(int count) {
        while (operations.get() < count) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** The thread of its present life, which may be about to begin. */
    private static Thread driver() {
        Thread[] threads = new Thread[4 * THREADS];
        while (true) {
            int count = Thread.enumerate(threads);
            for (int i = 0; i < count; i++) {
                if (threads[i].getName().startsWith("service disk")) {
                    return threads[i];
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
