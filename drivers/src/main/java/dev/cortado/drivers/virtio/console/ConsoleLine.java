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

    /** How many chains the driver has handed over, modulo 2^16, and up to where. */
    private volatile int handedIndex;

    private volatile long handed;

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
        handed = output.consumed();
        handedIndex = 0;
        usedIndex = whereUsedIndexIs;
    }

    /** The driver has handed over one chain more, up to a position. */
    void handOver(long position) {
        handedIndex = handedIndex + 1 & INDEX_MASK;
        handed = position;
    }

    /** The queue is no more: what was not done with was not handed over. */
    void endQueue() {
        usedIndex = 0;
        handed = output.consumed();
    }

    /** Whether the device is done with all that was handed over. */
    @Uninterruptible(reason = Console.REASON)
    boolean isUsed() {
        long place = usedIndex;
        return place == 0 || memory.readShortAcquire(place) == handedIndex;
    }

    /** Up to where output was handed over. */
    @Uninterruptible(reason = Console.REASON)
    long handed() {
        long position = handed;
        return position < output.consumed() ? output.consumed() : position;
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
