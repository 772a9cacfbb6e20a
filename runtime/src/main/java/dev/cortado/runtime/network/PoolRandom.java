package dev.cortado.runtime.network;

import dev.cortado.runtime.random.RandomPool;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * Numbers of the machine's pool, some at a time; each is given out once. A copy of the machine does
 * not use those that were taken before. For any thread.
 */
final class PoolRandom implements RandomGenerator {
    private final RandomPool pool;
    private final byte[] bytes = new byte[32 * Long.BYTES];
    private final ByteBuffer numbers = ByteBuffer.wrap(bytes).limit(0);
    private int generation;

    PoolRandom(RandomPool pool) {
        this.pool = pool;
    }

    @Override
    public synchronized long nextLong() {
        int now = pool.generation(); // before the numbers are taken: a copy may be made meanwhile
        if (!numbers.hasRemaining() || now != generation) {
            pool.next(bytes);
            generation = now;
            numbers.clear();
        }
        int at = numbers.position();
        long number = numbers.getLong();
        // Nobody finds it in memory afterwards.
        numbers.putLong(at, 0);
        return number;
    }
}
