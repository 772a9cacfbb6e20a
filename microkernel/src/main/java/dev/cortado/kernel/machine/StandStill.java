package dev.cortado.kernel.machine;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.memory.MachineMemory;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.time.Clock;

/**
 * Does something while no other CPU does anything: they wait in an interrupt, and since whoever
 * holds one of the kernel's locks is not interrupted, no lock is held meanwhile.
 */
public final class StandStill {
    static final String REASON = "No thread may run meanwhile, not even the collector's.";

    /**
     * What is done. In the image: a CPU may finish it when others go on already, and the garbage
     * collector among them.
     */
    public interface Work {
        /** On the CPU that asked for it. */
        @Uninterruptible(reason = REASON)
        void run();

        /**
         * Then on every CPU, each for itself, with interrupts off; however late the hypervisor lets
         * it go on.
         */
        @Uninterruptible(reason = REASON)
        void finish();
    }

    /** A CPU that its hypervisor has not let run by then holds something up. */
    private static final long PATIENCE = 10_000_000_000L;

    private static final InterruptHandler WAIT = new Wait();
    private static final Rendezvous MEETING = new Rendezvous(new VirtualMemory());

    private static int vector;
    private static Work work;

    private StandStill() {}

    /**
     * Stops all other CPUs, does it, and lets them go on. For one thread at a time.
     *
     * @return false, with nothing done: a CPU does not stop, or there is no vector or no memory
     */
    @Uninterruptible(reason = REASON)
    public static boolean during(Work toDo) {
        if (!isReady() || !awaitNobody()) {
            return false;
        }
        long flags = Cpu.disableInterrupts();
        work = toDo;
        MEETING.call();
        for (int i = 0; i < Processors.online(); i++) {
            Processor processor = Processors.get(i);
            if (processor.notEqual(Processors.current())) {
                Interrupts.send(processor, vector);
            }
        }
        boolean stopped = awaitAll(Processors.current().getId());
        if (stopped) {
            toDo.run();
        }
        MEETING.end(stopped);
        if (stopped) {
            toDo.finish();
        }
        Cpu.restoreInterrupts(flags);
        return stopped;
    }

    @Uninterruptible(reason = REASON)
    private static boolean isReady() {
        if (vector == 0) {
            long place = Memory.allocateZeroed(Rendezvous.bytes(Processors.CAPACITY)).rawValue();
            if (place == 0) {
                return false;
            }
            MEETING.setAddress(place);
            vector = Interrupts.allocate(WAIT);
        }
        return vector != 0;
    }

    /** Waits, with interrupts as they are, for those that have not finished the last time's. */
    @Uninterruptible(reason = REASON)
    private static boolean awaitNobody() {
        long deadline = Clock.deadlineIn(PATIENCE);
        while (!MEETING.isEmpty(Processors.online())) {
            if (Clock.nanoTime() > deadline) {
                return false;
            }
            Cpu.pause();
        }
        return true;
    }

    /** Waits for all others, each of which may itself be waiting for all others meanwhile. */
    @Uninterruptible(reason = REASON)
    private static boolean awaitAll(int self) {
        long deadline = Clock.deadlineIn(PATIENCE);
        while (!MEETING.isComplete(Processors.online(), self)) {
            if (Clock.nanoTime() > deadline) {
                return false;
            }
            MachineMemory.translations().answer();
            Cpu.pause();
        }
        return true;
    }

    /** What the others do. */
    private static final class Wait implements InterruptHandler {
        @Override
        @Uninterruptible(reason = Interrupts.REASON)
        public void handle() {
            int self = Processors.current().getId();
            int call = MEETING.enter(self);
            if (call == 0) {
                return; // too late: nobody waits for it any more
            }
            while (!MEETING.hasEnded(call)) {
                MachineMemory.translations().answer();
                Cpu.pause();
            }
            if (MEETING.wasDone(call)) {
                work.finish();
            }
            MEETING.leave(self);
        }
    }
}
