package dev.cortado.kernel.machine;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.time.Clock;

/**
 * Does something while no other CPU does anything: they wait in an interrupt, and since whoever
 * holds one of the kernel's locks is not interrupted, no lock is held meanwhile.
 */
public final class StandStill {
    static final String REASON = "No thread may run meanwhile, not even the collector's.";

    /** What is done. */
    public interface Work {
        /** On the CPU that asked for it. */
        @Uninterruptible(reason = REASON)
        void run();

        /** Then on every CPU, each for itself, with interrupts off. */
        @Uninterruptible(reason = REASON)
        void finish();
    }

    private static final int RUNNING = 0;
    private static final int STOPPING = 1;
    private static final int LEAVING = 2;

    /** A CPU that is not there by then holds something up. */
    private static final long PATIENCE = 2_000_000_000;

    private static final InterruptHandler WAIT = new Wait();
    private static final long[] ARRIVED = new long[Processors.CAPACITY];

    private static int vector;
    private static volatile int phase;
    private static Work work;

    private StandStill() {}

    /**
     * Stops all other CPUs, does it, and lets them go on. For one thread at a time.
     *
     * @return false, with nothing done: a CPU does not stop, or there is no vector
     */
    @Uninterruptible(reason = REASON)
    public static boolean during(Work toDo) {
        if (vector == 0) {
            vector = Interrupts.allocate(WAIT);
        }
        if (vector == 0) {
            return false;
        }
        long flags = Cpu.disableInterrupts();
        work = toDo;
        phase = STOPPING;
        for (int i = 0; i < Processors.online(); i++) {
            Processor processor = Processors.get(i);
            if (processor.notEqual(Processors.current())) {
                Interrupts.send(processor, vector);
            }
        }
        boolean stopped = await(1);
        if (stopped) {
            toDo.run();
            phase = LEAVING;
            toDo.finish();
        } else {
            phase = RUNNING;
        }
        await(0);
        phase = RUNNING;
        Cpu.restoreInterrupts(flags);
        return stopped;
    }

    /** Waits until all others say so; false if they do not. */
    @Uninterruptible(reason = REASON)
    private static boolean await(long arrived) {
        long deadline = Clock.deadlineIn(PATIENCE);
        for (int i = 0; i < Processors.online(); i++) {
            boolean self = Processors.get(i).equal(Processors.current());
            while (!self && ARRIVED[i] != arrived) {
                if (Clock.nanoTime() > deadline) {
                    return false;
                }
                Cpu.pause();
            }
        }
        return true;
    }

    /** What the others do. */
    private static final class Wait implements InterruptHandler {
        @Override
        @Uninterruptible(reason = Interrupts.REASON)
        public void handle() {
            int id = Processors.current().getId();
            if (phase != STOPPING) {
                return; // too late: nobody waits for it any more
            }
            ARRIVED[id] = 1;
            Cpu.fence();
            while (phase == STOPPING) {
                Cpu.pause();
            }
            if (phase == LEAVING) {
                work.finish();
            }
            Cpu.fence();
            ARRIVED[id] = 0;
        }
    }
}
