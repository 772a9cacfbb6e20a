package dev.cortado.runtime.random;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How long memory accesses take, which depends on caches, interrupts and what else the host does,
 * by a counter of cycles. What such a time is worth is estimated as NIST SP 800-90B, 4.4, checks a
 * source: a time that could have been told from the ones before is worth nothing, and where such
 * times are too many, all are.
 */
public final class JitterSource implements EntropySource {
    /** Times that one call takes. */
    static final int SAMPLES = 64;

    /** A quarter of a bit for each time that could not be told. */
    private static final int SAMPLES_PER_BIT = 4;

    /** If fewer of a call's times are unpredictable, the counter is not fit for this. */
    private static final int FEWEST_LIVE = SAMPLES / 2;

    /** If one time comes more often in a call, likewise. */
    private static final int MOST_EQUAL = SAMPLES * 3 / 4;

    private static final int ACCESSES = 16;

    private final LongSupplier counter;

    /** Big enough to reach beyond the first cache. */
    private final byte[] memory = new byte[64 * 1024];

    private int position;
    private long lastCount;
    private long lastTime;
    private long lastDifference;

    /**
     * @param counter of cycles or of parts of them
     */
    public JitterSource(LongSupplier counter) {
        this.counter = counter;
    }

    @Override
    public int gather(LongConsumer numbers) {
        int live = 0;
        int equal = 0;
        long first = 0;
        for (int i = 0; i < SAMPLES; i++) {
            touchMemory();
            long count = counter.getAsLong();
            numbers.accept(count);
            long time = count - lastCount;
            if (i == 0) {
                first = time;
            } else if (time == first) {
                equal++;
            }
            if (isUnpredictable(time)) {
                live++;
            }
            lastCount = count;
        }
        return live < FEWEST_LIVE || equal > MOST_EQUAL ? 0 : live / SAMPLES_PER_BIT;
    }

    /** Neither no time, nor the same as the last, nor longer by as much as the last was. */
    private boolean isUnpredictable(long time) {
        long difference = time - lastTime;
        boolean unpredictable = time != 0 && difference != 0 && difference != lastDifference;
        lastTime = time;
        lastDifference = difference;
        return unpredictable;
    }

    private void touchMemory() {
        for (int i = 0; i < ACCESSES; i++) {
            position = position * 31 + 7919 + memory[position] & memory.length - 1;
            memory[position]++;
        }
    }
}
