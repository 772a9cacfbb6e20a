package dev.cortado.kernel.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** CPUs whose clocks differ. */
final class LatestTimeTest {
    @Test
    void neverGoesBack() {
        LatestTime latest = new LatestTime();
        assertEquals(5, latest.atLeast(5));
        assertEquals(5, latest.atLeast(3));
        assertEquals(6, latest.atLeast(6));
    }

    /** Each CPU's clock is another one; what one has published, no other falls behind. */
    @Test
    void noCpuTellsLessThanAnotherHas() throws Exception {
        LatestTime latest = new LatestTime();
        AtomicLong published = new AtomicLong(Long.MIN_VALUE);
        AtomicLong wrong = new AtomicLong();
        List<Thread> cpus = new ArrayList<>();
        for (int cpu = 0; cpu < 4; cpu++) {
            long offset = cpu * 777;
            cpus.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < 100_000; i++) {
                                    long before = published.get();
                                    long now = latest.atLeast(i - offset);
                                    if (now < before) {
                                        wrong.incrementAndGet();
                                    }
                                    published.accumulateAndGet(now, Math::max);
                                }
                            }));
        }
        for (Thread cpu : cpus) {
            cpu.join();
        }
        assertEquals(0, wrong.get());
        assertTrue(published.get() == 99_999);
    }
}
