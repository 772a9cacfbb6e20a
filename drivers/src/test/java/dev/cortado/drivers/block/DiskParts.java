package dev.cortado.drivers.block;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Threads with a part of a disk each. */
public final class DiskParts {
    /** What a thread does with its part. */
    public interface Use {
        /**
         * @param number of the thread
         * @param first byte of its part
         * @param bytes of it, whole sectors
         */
        void run(int number, int first, int bytes) throws Exception;
    }

    private DiskParts() {}

    /** Lets virtual threads use the parts at once; fails as the first that fails does. */
    public static void each(int threads, int diskBytes, Use use) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> running = new ArrayList<>();
        int part = diskBytes / threads & -512;
        for (int i = 0; i < threads; i++) {
            int number = i;
            running.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    use.run(number, number * part, part);
                                } catch (Throwable e) {
                                    failure.compareAndSet(null, e);
                                }
                            }));
        }
        for (Thread thread : running) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }
}
