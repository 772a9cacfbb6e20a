package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.WordFactory;

/** The links of a {@link WaitQueue}; {@link Scheduler#lock} is held. */
final class ThreadQueue {
    private ThreadQueue() {}

    @Uninterruptible(reason = Scheduler.REASON)
    static void append(WaitQueue queue, KernelThread thread) {
        KernelThread last = queue.getLast();
        thread.setNext(WordFactory.nullPointer());
        thread.setPrevious(last);
        if (last.isNull()) {
            queue.setFirst(thread);
        } else {
            last.setNext(thread);
        }
        queue.setLast(thread);
    }

    @Uninterruptible(reason = Scheduler.REASON)
    static void remove(WaitQueue queue, KernelThread thread) {
        KernelThread next = thread.getNext();
        KernelThread previous = thread.getPrevious();
        if (previous.isNull()) {
            queue.setFirst(next);
        } else {
            previous.setNext(next);
        }
        if (next.isNull()) {
            queue.setLast(previous);
        } else {
            next.setPrevious(previous);
        }
        thread.setNext(WordFactory.nullPointer());
        thread.setPrevious(WordFactory.nullPointer());
    }
}
