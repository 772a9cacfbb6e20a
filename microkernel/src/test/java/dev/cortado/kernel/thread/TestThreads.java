package dev.cortado.kernel.thread;

import java.util.HashMap;
import java.util.Map;

/** Threads for tests: their fields are in a table. Counts what is read. */
final class TestThreads implements ThreadFields {
    /** One thread's fields. */
    static final class Fields {
        long next;
        long previous;
        long affinity = -1;
        int level;
        int baseLevel;
        long credit;
        long queuedAt;
        long sliceLeft;
        long switchedToAt;
        long payer;
        long blockedAt;
        long cpuNanos;
        long deadline;
        long heapOrder;
        int heapRank;
        long heapParent;
        long heapLeft;
        long heapRight;
    }

    private final Map<Long, Fields> table = new HashMap<>();
    long reads;

    Fields of(long thread) {
        return table.computeIfAbsent(thread, key -> new Fields());
    }

    private Fields read(long thread) {
        reads++;
        return of(thread);
    }

    @Override
    public long next(long thread) {
        return read(thread).next;
    }

    @Override
    public void setNext(long thread, long value) {
        of(thread).next = value;
    }

    @Override
    public long previous(long thread) {
        return read(thread).previous;
    }

    @Override
    public void setPrevious(long thread, long value) {
        of(thread).previous = value;
    }

    @Override
    public long affinity(long thread) {
        return read(thread).affinity;
    }

    @Override
    public int level(long thread) {
        return read(thread).level;
    }

    @Override
    public void setLevel(long thread, int value) {
        of(thread).level = value;
    }

    @Override
    public int baseLevel(long thread) {
        return read(thread).baseLevel;
    }

    @Override
    public long credit(long thread) {
        return read(thread).credit;
    }

    @Override
    public void setCredit(long thread, long value) {
        of(thread).credit = value;
    }

    @Override
    public long queuedAt(long thread) {
        return read(thread).queuedAt;
    }

    @Override
    public void setQueuedAt(long thread, long value) {
        of(thread).queuedAt = value;
    }

    @Override
    public long sliceLeft(long thread) {
        return read(thread).sliceLeft;
    }

    @Override
    public void setSliceLeft(long thread, long value) {
        of(thread).sliceLeft = value;
    }

    @Override
    public long switchedToAt(long thread) {
        return read(thread).switchedToAt;
    }

    @Override
    public void setSwitchedToAt(long thread, long value) {
        of(thread).switchedToAt = value;
    }

    @Override
    public long payer(long thread) {
        return read(thread).payer;
    }

    @Override
    public void setPayer(long thread, long value) {
        of(thread).payer = value;
    }

    @Override
    public long blockedAt(long thread) {
        return read(thread).blockedAt;
    }

    @Override
    public void setBlockedAt(long thread, long value) {
        of(thread).blockedAt = value;
    }

    @Override
    public long cpuNanos(long thread) {
        return read(thread).cpuNanos;
    }

    @Override
    public void setCpuNanos(long thread, long value) {
        of(thread).cpuNanos = value;
    }

    @Override
    public long deadline(long thread) {
        return read(thread).deadline;
    }

    @Override
    public long heapOrder(long thread) {
        return read(thread).heapOrder;
    }

    @Override
    public void setHeapOrder(long thread, long value) {
        of(thread).heapOrder = value;
    }

    @Override
    public int heapRank(long thread) {
        return read(thread).heapRank;
    }

    @Override
    public void setHeapRank(long thread, int value) {
        of(thread).heapRank = value;
    }

    @Override
    public long heapParent(long thread) {
        return read(thread).heapParent;
    }

    @Override
    public void setHeapParent(long thread, long value) {
        of(thread).heapParent = value;
    }

    @Override
    public long heapLeft(long thread) {
        return read(thread).heapLeft;
    }

    @Override
    public void setHeapLeft(long thread, long value) {
        of(thread).heapLeft = value;
    }

    @Override
    public long heapRight(long thread) {
        return read(thread).heapRight;
    }

    @Override
    public void setHeapRight(long thread, long value) {
        of(thread).heapRight = value;
    }
}
