package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import org.graalvm.word.WordFactory;

/**
 * Threads that wake up at a deadline, by the CPU whose timer wakes them. {@link Scheduler#lock} is
 * held.
 */
final class Deadlines {
    private static final DeadlineHeap[] HEAPS = heaps();

    private Deadlines() {}

    private static DeadlineHeap[] heaps() {
        DeadlineHeap[] heaps = new DeadlineHeap[Processors.CAPACITY];
        for (int i = 0; i < heaps.length; i++) {
            heaps[i] = new DeadlineHeap(new KernelThreadFields());
        }
        return heaps;
    }

    @Uninterruptible(reason = Scheduler.REASON)
    static void add(Processor processor, KernelThread thread, long deadline) {
        thread.setDeadline(deadline);
        thread.setDeadlineProcessor(processor.getId());
        HEAPS[processor.getId()].add(thread.rawValue());
    }

    /** Does nothing if the thread waits for no deadline. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void remove(KernelThread thread) {
        HEAPS[thread.getDeadlineProcessor()].remove(thread.rawValue());
    }

    /** A thread whose deadline is not after {@code now}, or null. */
    @Uninterruptible(reason = Scheduler.REASON)
    static KernelThread firstExpired(Processor processor, long now) {
        KernelThread first = WordFactory.pointer(HEAPS[processor.getId()].first());
        return first.isNonNull() && first.getDeadline() <= now ? first : WordFactory.nullPointer();
    }

    /** The earliest deadline, {@link Scheduler#FOREVER} if nobody waits for one. */
    @Uninterruptible(reason = Scheduler.REASON)
    static long earliest(Processor processor) {
        KernelThread first = WordFactory.pointer(HEAPS[processor.getId()].first());
        return first.isNull() ? Scheduler.FOREVER : first.getDeadline();
    }
}
