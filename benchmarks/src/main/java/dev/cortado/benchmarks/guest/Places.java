package dev.cortado.benchmarks.guest;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Where to read or write next: anywhere, or one behind the other. */
final class Places {
    private final long count;
    private final int length;
    private final boolean isRandom;
    private final AtomicLong next = new AtomicLong();
    private final SplittableRandom[] randoms;

    Places(long bytes, int length, int threads, boolean isRandom) {
        count = bytes / length;
        this.length = length;
        this.isRandom = isRandom;
        randoms = new SplittableRandom[threads];
        for (int i = 0; i < threads; i++) {
            randoms[i] = new SplittableRandom(i);
        }
    }

    long next(int thread) {
        long number = isRandom ? randoms[thread].nextLong(count) : next.getAndIncrement() % count;
        return number * length;
    }
}
