package dev.cortado.system.guest;

import dev.cortado.drivers.generation.GenerationId;
import dev.cortado.drivers.generation.MachineGeneration;
import dev.cortado.kernel.hyperv.Hyperv;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What hypervisors say to guests that know them. */
final class HypervisorProbes {
    private static final long PAUSE_MILLIS = 50;
    private static final int SLEEPS = 20;
    private static final long CLOCK_NANOS = 1_000_000_000;

    private HypervisorProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "generation",
                arguments -> generation(),
                "enlightenments",
                arguments -> enlightenments());
    }

    /** Tells the machine's generation for ever. */
    private static void generation() throws InterruptedException {
        while (true) {
            GenerationId id = MachineGeneration.id();
            System.out.printf("generation %016x %016x%n", id.low(), id.high());
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Tells what of Hyper-V is used, and looks at clock and timers on all CPUs. */
    private static void enlightenments() throws InterruptedException {
        System.out.println("time: " + Hyperv.tellsTime());
        System.out.println("timers: " + Hyperv.wakes());
        System.out.println("interrupts: " + Hyperv.interrupts());
        int cpus = Runtime.getRuntime().availableProcessors();
        AtomicLong latest = new AtomicLong(Long.MIN_VALUE);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2 * cpus; i++) {
            threads.add(Thread.ofPlatform().start(() -> lookAtClock(latest)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (int i = 0; i < SLEEPS; i++) {
            long before = System.nanoTime();
            Thread.sleep(PAUSE_MILLIS);
            long slept = (System.nanoTime() - before) / 1_000_000;
            Probes.check(slept >= PAUSE_MILLIS, "slept for " + slept + " ms");
        }
        System.out.println("by counter: " + Hyperv.tellsTimeByTimeStampCounter());
        System.out.println("clock and timers are right on " + cpus + " CPUs");
    }

    /** Whatever CPU has told the latest time, no other one tells an earlier one after that. */
    private static void lookAtClock(AtomicLong latest) {
        long begin = System.nanoTime();
        long now = begin;
        while (now - begin < CLOCK_NANOS) {
            long before = latest.get();
            now = System.nanoTime();
            if (now < before) {
                System.out.println("the clock went back by " + (before - now) + " ns");
                System.exit(1);
            }
            latest.accumulateAndGet(now, Math::max);
        }
    }
}
