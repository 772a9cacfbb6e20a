package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.memory.VirtualMemory;
import org.graalvm.word.WordFactory;

/**
 * Threads that wake up at a deadline, by the CPU whose timer wakes them. {@link Scheduler#lock} is
 * held.
 */
final class Deadlines {
    private static final DeadlineHeap[] HEAPS = heaps();

    private Deadlines() {}

    private static DeadlineHeap[] heaps() {
        VirtualMemory memory = new VirtualMemory();
        DeadlineHeap[] heaps = new DeadlineHeap[Processors.CAPACITY];
        for (int i = 0; i < heaps.length; i++) {
            heaps[i] = new DeadlineHeap(memory, ThreadNode.HEAP);
        }
        return heaps;
    }

    @Uninterruptible(reason = Scheduler.REASON)
    static void add(Processor processor, KernelThread thread, long deadline) {
        ThreadNode.setDeadline(thread, deadline);
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
        return first.isNonNull() && ThreadNode.deadline(first) <= now
                ? first
                : WordFactory.nullPointer();
    }

    /** The earliest deadline, {@link Scheduler#FOREVER} if nobody waits for one. */
    @Uninterruptible(reason = Scheduler.REASON)
    static long earliest(Processor processor) {
        KernelThread first = WordFactory.pointer(HEAPS[processor.getId()].first());
        return first.isNull() ? Scheduler.FOREVER : ThreadNode.deadline(first);
    }
}
