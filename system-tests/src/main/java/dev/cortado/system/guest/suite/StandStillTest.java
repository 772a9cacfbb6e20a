package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.machine.StandStill;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PageAccess;
import dev.cortado.kernel.memory.Pages;
import dev.cortado.kernel.memory.Regions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All CPUs but one stand still for a moment, whatever they are at. */
final class StandStillTest {
    private static final int TIMES = 300;
    private static final Counting WORK = new Counting();

    /** Counts how often it was done; on the CPU that asked, while no other runs. */
    private static final class Counting implements StandStill.Work {
        private int done;

        @Override
        @Uninterruptible(reason = "No thread runs meanwhile.")
        public void run() {
            done++;
        }

        @Override
        @Uninterruptible(reason = "No thread runs meanwhile.")
        public void finish() {}
    }

    @BeforeAll
    static void inAGuest() {
        Guest.required();
    }

    /** Threads of another CPU wait for this one with interrupts off, as it waits for theirs. */
    @Test
    void cpusThatForgetTranslationsStandStillToo() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        TestThread forgetting =
                TestThread.start(() -> {
                    long region = Regions.reserve(4 * Frames.SIZE, Frames.SIZE);
                    while (!stop.get()) {
                        assertTrue(
                                Pages.commit(
                                        region, Frames.SIZE, PageAccess.READ | PageAccess.WRITE));
                        Pages.uncommit(region, Frames.SIZE);
                    }
                    assertTrue(Regions.release(region, 4 * Frames.SIZE));
                });
        try {
            int before = WORK.done;
            for (int i = 0; i < TIMES; i++) {
                assertTrue(StandStill.during(WORK), "a CPU did not stop");
            }
            assertEquals(TIMES, WORK.done - before);
        } finally {
            stop.set(true);
        }
        forgetting.finish();
    }
}
