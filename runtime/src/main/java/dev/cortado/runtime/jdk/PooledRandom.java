package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.device.RandomSource;
import dev.cortado.runtime.random.RandomPool;

/** What {@code /dev/random} gives. */
record PooledRandom(RandomPool pool) implements RandomSource {
    @Override
    public void next(byte[] bytes) {
        pool.next(bytes);
    }

    @Override
    public void add(byte[] bytes) {
        pool.add(bytes);
    }
}
