package dev.cortado.kernel.cpu;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.WordFactory;

/** The machine's CPUs. */
public final class Processors {
    /** Each has a bit in the masks that say where a thread may run. */
    public static final int CAPACITY = Long.SIZE;

    private static final long[] ADDRESSES = new long[CAPACITY];
    private static int count;
    private static int online;
    private static long parked;

    private Processors() {}

    /** Remembers a CPU under the next number. Its control block is all zero but for what is set. */
    @Uninterruptible(reason = "Called while a CPU is started.")
    public static void add(Processor processor) {
        processor.setId(count);
        ADDRESSES[count++] = processor.rawValue();
    }

    /** Forgets the CPU that was added last: it did not start. */
    @Uninterruptible(reason = "Called while a CPU is started.")
    public static void removeLast() {
        count--;
    }

    /** The last CPU that was added runs threads now. */
    @Uninterruptible(reason = "Called while a CPU is started.")
    public static void lastIsOnline() {
        online = count;
    }

    /** The CPU that this runs on. Interrupts are off: a thread may go on on another one. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static Processor current() {
        return WordFactory.pointer(Cpu.currentProcessor());
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static Processor get(int id) {
        return WordFactory.pointer(ADDRESSES[id]);
    }

    /** A CPU is to have no threads, or to have some again. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static void setParked(int id, boolean isParked) {
        parked = isParked ? parked | 1L << id : parked & ~(1L << id);
    }

    /** Which CPUs are to have no threads, a bit each. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long parked() {
        return parked;
    }

    /** How many run threads: those with the numbers below. 0 early in the boot. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static int online() {
        return online;
    }

    /** Those that run threads, a bit each; at least one does. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long onlineMask() {
        return -1L >>> (Long.SIZE - online);
    }
}
