package dev.cortado.runtime.jdk;

import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.time.Clock;
import dev.cortado.runtime.management.LoadMeter;
import org.graalvm.word.WordFactory;

/** What the machine's CPUs have been doing. */
final class MachineLoad {
    /** The standard streams. */
    static final int OPEN_FILES = 3;

    /** How many numbers a Java program may have for files. */
    static final int MOST_FILES = Integer.MAX_VALUE;

    /** As Linux counts: hundredths of a second. */
    private static final int NANOS_PER_TICK = 10_000_000;

    private static final LoadMeter MACHINE = new LoadMeter();
    private static final LoadMeter PROGRAM = new LoadMeter();
    private static final LoadMeter[] PROCESSORS = new LoadMeter[Processors.CAPACITY];

    static {
        for (int i = 0; i < PROCESSORS.length; i++) {
            PROCESSORS[i] = new LoadMeter();
        }
    }

    private MachineLoad() {}

    /** Of all CPUs since the last call, from 0 to 1. */
    static double machine() {
        return sample(MACHINE);
    }

    /** The same, for others who ask at other times. */
    static double program() {
        return sample(PROGRAM);
    }

    private static double sample(LoadMeter meter) {
        int count = Processors.online();
        return meter.sample(Clock.nanoTime() * count, busyNanos(count));
    }

    /** Of one CPU since the last call for it; -1 if there is no such CPU. */
    static double of(int cpu) {
        if (cpu < 0 || cpu >= Processors.online()) {
            return -1;
        }
        long now = Clock.nanoTime();
        return PROCESSORS[cpu].sample(now, now - idleNanos(cpu));
    }

    /** CPU time of the program and its kernel, which are one. */
    static long busyNanos() {
        return busyNanos(Processors.online());
    }

    static long busyTicks() {
        return busyNanos() / NANOS_PER_TICK;
    }

    private static long busyNanos(int count) {
        long busy = 0;
        for (int cpu = 0; cpu < count; cpu++) {
            busy += Math.max(0, Clock.nanoTime() - idleNanos(cpu));
        }
        return busy;
    }

    private static long idleNanos(int cpu) {
        Processor processor = Processors.get(cpu);
        KernelThread idle = WordFactory.pointer(processor.getIdleThread());
        return KernelThreads.cpuNanos(idle);
    }
}
