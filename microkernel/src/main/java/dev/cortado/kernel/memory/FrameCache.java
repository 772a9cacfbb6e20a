package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.cpu.SpinLock;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * Single frames that each CPU keeps at hand, so that it seldom needs the lock of the frame
 * allocator: taken and given back in batches. Its own CPU alone touches it, with interrupts off.
 */
public final class FrameCache {
    private static final int CAPACITY = 32;
    private static final int BATCH = 16;

    private static final int COUNT = 0;
    private static final int FRAMES = 8;

    /** Bytes of a cache; all zero is an empty one. */
    public static final int SIZE = FRAMES + CAPACITY * Long.BYTES;

    private FrameCache() {}

    /** A frame, not zeroed, or NONE. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long allocate() {
        long flags = Cpu.disableInterrupts();
        long frame;
        if (Processors.online() == 0) {
            frame = allocateShared();
        } else {
            Pointer cache = own();
            if (cache.readLong(COUNT) == 0) {
                refill(cache);
            }
            frame = cache.readLong(COUNT) == 0 ? BuddyAllocator.NONE : pop(cache);
        }
        Cpu.restoreInterrupts(flags);
        return frame;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    static void free(long frame) {
        long flags = Cpu.disableInterrupts();
        if (Processors.online() == 0) {
            freeShared(frame);
        } else {
            Pointer cache = own();
            if (cache.readLong(COUNT) == CAPACITY) {
                drain(cache);
            }
            push(cache, frame);
        }
        Cpu.restoreInterrupts(flags);
    }

    /** How many frames all CPUs have at hand: free ones, though another CPU cannot have them. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long heldFrames() {
        long sum = 0;
        for (int i = 0; i < Processors.online(); i++) {
            sum += of(Processors.get(i)).readLong(COUNT);
        }
        return sum;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static Pointer own() {
        return of(Processors.current());
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static Pointer of(Processor processor) {
        return WordFactory.pointer(processor.getFrameCache());
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void refill(Pointer cache) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        for (int i = 0; i < BATCH; i++) {
            long frame = Memory.frames().allocate(0);
            if (frame == BuddyAllocator.NONE) {
                break;
            }
            push(cache, frame);
        }
        SpinLock.release(SpinLock.MEMORY, flags);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void drain(Pointer cache) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        for (int i = 0; i < BATCH; i++) {
            Memory.frames().free(pop(cache), 0);
        }
        SpinLock.release(SpinLock.MEMORY, flags);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long allocateShared() {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long frame = Memory.frames().allocate(0);
        SpinLock.release(SpinLock.MEMORY, flags);
        return frame;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void freeShared(long frame) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        Memory.frames().free(frame, 0);
        SpinLock.release(SpinLock.MEMORY, flags);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void push(Pointer cache, long frame) {
        long count = cache.readLong(COUNT);
        cache.writeLong((int) (FRAMES + count * Long.BYTES), frame);
        cache.writeLong(COUNT, count + 1);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long pop(Pointer cache) {
        long count = cache.readLong(COUNT) - 1;
        cache.writeLong(COUNT, count);
        return cache.readLong((int) (FRAMES + count * Long.BYTES));
    }
}
