package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.memory.VirtualMemory;
import org.graalvm.word.WordFactory;

/** The run queues, one a CPU, and which one a thread goes to. {@link Scheduler#lock} is held. */
final class Placement {
    private static final RunQueue[] QUEUES = queues();

    private Placement() {}

    private static RunQueue[] queues() {
        VirtualMemory memory = new VirtualMemory();
        RunQueue[] queues = new RunQueue[Processors.CAPACITY];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new RunQueue(memory, ThreadNode.QUEUE);
        }
        return queues;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static RunQueue queue(Processor processor) {
        return QUEUES[processor.getId()];
    }

    /** Whether a thread may run there: on a parked CPU only if it may run nowhere else. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean allows(KernelThread thread, int processor) {
        long affinity = ThreadNode.affinity(thread);
        long usable = affinity & Processors.onlineMask() & ~Processors.parked();
        return ((usable != 0 ? usable : affinity) >>> processor & 1) != 0;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean isParked(Processor processor) {
        return (Processors.parked() >>> processor.getId() & 1) != 0;
    }

    /**
     * Where it ran last, if that is idle: its data may still be in the cache. Then any idle CPU,
     * then where it ran last, then the CPU with the fewest threads.
     */
    @Uninterruptible(reason = Scheduler.REASON)
    static Processor choose(KernelThread thread) {
        int last = thread.getProcessor();
        boolean lastAllowed = allows(thread, last);
        if (lastAllowed && Processors.get(last).getIdle() != 0) {
            return Processors.get(last);
        }
        int least = -1;
        for (int i = 0; i < Processors.online(); i++) {
            if (allows(thread, i)) {
                if (Processors.get(i).getIdle() != 0) {
                    return Processors.get(i);
                }
                if (least < 0 || QUEUES[i].count() < QUEUES[least].count()) {
                    least = i;
                }
            }
        }
        return Processors.get(lastAllowed || least < 0 ? last : least);
    }

    /** The thread that is to run next, taken off its queue; null if there is none anywhere. */
    @Uninterruptible(reason = Scheduler.REASON)
    static KernelThread takeNext(Processor processor, long now) {
        long thread = queue(processor).takeNext(now);
        int others = isParked(processor) ? 0 : Processors.online();
        for (int i = 1; thread == RunQueue.NONE && i < others; i++) {
            int victim = (processor.getId() + i) % Processors.online();
            thread = QUEUES[victim].takeAllowed(processor.getId());
        }
        KernelThread taken = WordFactory.pointer(thread);
        if (taken.isNonNull()) {
            taken.setQueued(0);
        }
        return taken;
    }

    /** Takes a thread off the queue that it is on. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void remove(KernelThread thread) {
        QUEUES[thread.getProcessor()].remove(thread.rawValue());
        thread.setQueued(0);
    }

    /** Puts a runnable thread on a CPU's queue, before or behind those of its level. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void add(Processor processor, KernelThread thread, boolean first, long now) {
        thread.setProcessor(processor.getId());
        thread.setQueued(1);
        if (first) {
            queue(processor).prepend(thread.rawValue(), thread.getLevel(), now);
        } else {
            queue(processor).append(thread.rawValue(), thread.getLevel(), now);
        }
    }
}
