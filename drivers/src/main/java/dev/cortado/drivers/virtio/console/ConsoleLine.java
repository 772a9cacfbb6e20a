package dev.cortado.drivers.virtio.console;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;

/**
 * What the kernel and the driver of its console share, and what outlives the driver: what was
 * written and the device is not done with, what came in and was not taken, and how far the driver
 * has handed output over. The last is known without the driver, whose thread may not run any more.
 */
final class ConsoleLine {
    static final int OUTPUT_BYTES = 1 << 17;
    static final int INPUT_BYTES = 1 << 12;

    private static final int INDEX_MASK = 0xffff;

    private final RingMemory memory;
    private final ByteRing output;
    private final ByteRing input;

    /** Of what came in, as the last driver left it; nothing is done with it in the kernel. */
    private byte[] carried = {};

    /** Where the queue's device says how many chains it has used; 0 while there is no queue. */
    private volatile long usedIndex;

    /**
     * How many chains the driver has handed over, modulo 2^16, and how many it has or is about to:
     * one more while it does so, in the midst of which its CPU may be stopped.
     */
    private volatile int handedIndex;

    private volatile int offeredIndex;

    /** Where the last two of them end, by their number modulo 2. */
    private final long[] ends = new long[2];

    /** Whether the driver is to be told when there is room for input. */
    private volatile boolean inputWaits;

    ConsoleLine(RingMemory memory) {
        this.memory = memory;
        output = new ByteRing(memory);
        input = new ByteRing(memory);
    }

    void place(DeviceBlock ofOutput, DeviceBlock ofInput) {
        output.place(ofOutput);
        input.place(ofInput);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    ByteRing output() {
        return output;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    ByteRing input() {
        return input;
    }

    /** A driver has a queue in which nothing is. */
    void beginQueue(long whereUsedIndexIs) {
        ends[0] = output.consumed();
        offeredIndex = 0;
        handedIndex = 0;
        usedIndex = whereUsedIndexIs;
    }

    /** The driver is about to hand over one chain more, up to a position. */
    void offer(long position) {
        int next = offeredIndex + 1 & INDEX_MASK;
        ends[next & 1] = position;
        offeredIndex = next;
    }

    /** The device has been notified of what was offered. */
    void handOver() {
        handedIndex = offeredIndex;
    }

    /** The queue is no more: what was not done with was not handed over. */
    void endQueue() {
        usedIndex = 0;
    }

    /** Whether the device is done with all that was handed over or is about to be. */
    @Uninterruptible(reason = Console.REASON)
    boolean isUsed() {
        long place = usedIndex;
        return place == 0 || memory.readShortAcquire(place) == offeredIndex;
    }

    /** Up to where output was handed over; what is about to be, if the device has used it. */
    @Uninterruptible(reason = Console.REASON)
    long handed() {
        long position = output.consumed();
        if (usedIndex != 0) {
            int offered = offeredIndex;
            boolean all = offered == handedIndex || isUsed();
            long end = ends[(all ? offered : offered - 1) & 1];
            position = end < position ? position : end;
        }
        return position;
    }

    /** The driver waits for room for input; false if there is some. */
    boolean awaitsInputRoom() {
        inputWaits = true;
        return input.room() == 0;
    }

    /** Whether the driver is to be told that there is room for input: once, and not of a byte. */
    @Uninterruptible(reason = Console.REASON)
    boolean takeInputWait() {
        if (!inputWaits || input.room() < INPUT_BYTES / 2) {
            return false;
        }
        inputWaits = false;
        return true;
    }

    void carry(byte... left) {
        carried = left;
    }

    byte[] carried() {
        return carried;
    }
}
