package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.list.LinkedLists;

/** The lists of a {@link RunQueue}, by level. */
final class Levels extends LinkedLists {
    private final ThreadFields threads;
    private final long[] first = new long[RunQueue.LEVELS];
    private final long[] last = new long[RunQueue.LEVELS];

    Levels(ThreadFields threads) {
        this.threads = threads;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long first(long level) {
        return first[(int) level];
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected void setFirst(long level, long thread) {
        first[(int) level] = thread;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected long last(long level) {
        return last[(int) level];
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected void setLast(long level, long thread) {
        last[(int) level] = thread;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long next(long thread) {
        return threads.next(thread);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected void setNext(long thread, long next) {
        threads.setNext(thread, next);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected long previous(long thread) {
        return threads.previous(thread);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected void setPrevious(long thread, long previous) {
        threads.setPrevious(thread, previous);
    }
}
