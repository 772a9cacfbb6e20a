package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import org.graalvm.word.WordFactory;

/** The CPUs' turns, and on which one a thread has its. {@link Scheduler#lock} is held. */
final class Placement {
    private static final Turns[] TURNS = turns();

    /** Theirs: a hand-over looks there every time. */
    private static final RunQueue[] QUEUES = queues();

    private Placement() {}

    private static Turns[] turns() {
        ThreadFields fields = new KernelThreadFields();
        Turns[] turns = new Turns[Processors.CAPACITY];
        for (int i = 0; i < turns.length; i++) {
            turns[i] = new Turns(fields);
        }
        return turns;
    }

    private static RunQueue[] queues() {
        RunQueue[] queues = new RunQueue[TURNS.length];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = TURNS[i].queue();
        }
        return queues;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static Turns turns(Processor processor) {
        return TURNS[processor.getId()];
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static RunQueue queue(Processor processor) {
        return QUEUES[processor.getId()];
    }

    /** Whether a thread may run there: on a parked CPU only if it may run nowhere else. */
    @Uninterruptible(reason = Scheduler.REASON)
    static boolean allows(KernelThread thread, int processor) {
        long affinity = thread.getAffinity();
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
                if (least < 0 || TURNS[i].queue().count() < TURNS[least].queue().count()) {
                    least = i;
                }
            }
        }
        return Processors.get(lastAllowed || least < 0 ? last : least);
    }

    /** The thread that is to run next, taken off its queue; null if there is none anywhere. */
    @Uninterruptible(reason = Scheduler.REASON)
    static KernelThread takeNext(Processor processor, long now) {
        long thread = turns(processor).takeNext(now);
        int others = isParked(processor) ? 0 : Processors.online();
        for (int i = 1; thread == RunQueue.NONE && i < others; i++) {
            int victim = (processor.getId() + i) % Processors.online();
            thread = TURNS[victim].queue().takeAllowed(processor.getId());
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
        TURNS[thread.getProcessor()].queue().remove(thread.rawValue());
        thread.setQueued(0);
    }

    /** A runnable thread has its turn on a CPU, after the others of its level. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void add(Processor processor, KernelThread thread, long now) {
        thread.setProcessor(processor.getId());
        thread.setQueued(1);
        turns(processor).add(thread.rawValue(), now);
    }
}
