package dev.cortado.drivers.xen.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HostMemory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PortSignalsTest {
    private static final int PORTS = 8;
    private static final int CPUS = 2;
    private static final int PORT = 3;

    private final PortSignals signals = new PortSignals(new HostMemory(4096), PORTS, CPUS);

    @BeforeEach
    void place() {
        signals.setAddress(HostMemory.BASE);
        assertTrue(signals.bytes() <= 4096);
    }

    @Test
    void aPortHasTheWordThatWasSet() {
        signals.set(PORT, 42);
        assertEquals(42, signals.begin(0, PORT));
        signals.end(0);
        assertEquals(0, signals.begin(0, PORT + 1));
        signals.end(0);
    }

    @Test
    void aWordThatIsTakenAwayIsInUseUntilItHasBeenSignalled() {
        signals.set(PORT, 42);
        signals.begin(1, PORT);
        signals.set(PORT, 0);
        assertTrue(signals.isInUse(PORT));
        assertFalse(signals.isInUse(PORT + 1));
        signals.end(1);
        assertFalse(signals.isInUse(PORT));
    }

    @Test
    void afterwardsNobodyGetsIt() {
        signals.set(PORT, 42);
        signals.set(PORT, 0);
        assertEquals(0, signals.begin(1, PORT));
    }

    /** With a thread for the other CPU: it never signals a word that has been freed. */
    @Test
    void aWordIsFreeWhenNobodyUsesIt() throws InterruptedException {
        int words = 20_000;
        AtomicLong lowestValid = new AtomicLong(1);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong wrong = new AtomicLong();
        Thread other =
                new Thread(() -> {
                    while (!stop.get()) {
                        long word = signals.begin(1, PORT);
                        if (word != 0 && word < lowestValid.get()) {
                            wrong.incrementAndGet();
                        }
                        signals.end(1);
                    }
                });
        other.start();
        for (int word = 1; word <= words; word++) {
            signals.set(PORT, word);
            signals.set(PORT, 0);
            while (signals.isInUse(PORT)) {
                Thread.yield();
            }
            lowestValid.set(word + 1);
        }
        stop.set(true);
        other.join();
        assertEquals(0, wrong.get());
    }
}
