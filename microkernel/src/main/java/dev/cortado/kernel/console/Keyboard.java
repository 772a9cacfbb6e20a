package dev.cortado.kernel.console;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.machine.Requests;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.thread.Parking;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.thread.WaitQueue;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;

/** Standard input, and the monitor's: what came in at the {@link Console} and was not yet read. */
public final class Keyboard {
    /** What {@link #read} returns once nothing comes in any more. */
    public static final int END_OF_INPUT = -1;

    /** What {@link #read} returns if {@link #interruptReaders} came before any input. */
    public static final int INTERRUPTED = -3;

    /** Instead of what {@link #interruptions} returns: {@link #read} does not wait. */
    public static final long NOT_WAITING = -1;

    /** How many bytes are taken from the device at once: the scheduler's lock is held meanwhile. */
    private static final int MAXIMUM_BURST = 16;

    private static final int MONITOR_CAPACITY = 64;
    private static final int EARLY_CAPACITY = 64;

    private static final ConsoleInput INPUT = new ConsoleInput();
    private static WaitQueue readers;
    private static boolean inputWaits;

    /** Whether something was echoed that is perhaps not to be seen yet. */
    private static boolean echoed;

    /** How often readers were interrupted. */
    private static long interruptions;

    /** What came in before the command line said how to read it. */
    private static final byte[] EARLY = new byte[EARLY_CAPACITY];

    private static int early;
    private static boolean understood;

    private static final byte[] MONITOR_INPUT = new byte[MONITOR_CAPACITY];
    private static boolean monitored;
    private static long monitorReceived;
    private static long monitorConsumed;

    private Keyboard() {}

    /**
     * Called while the image is built: it has a monitor.
     *
     * @param keys whether the console's keys open it without being told so when the guest boots
     */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setMonitored(boolean keys) {
        monitored = true;
        INPUT.setMonitorKeys(keys);
    }

    /** A program at the other end, rather than a terminal. */
    @Uninterruptible(reason = Console.REASON)
    public static void setFramed(boolean framed) {
        INPUT.setFramed(framed);
    }

    @Uninterruptible(reason = Console.REASON)
    public static boolean isFramed() {
        return INPUT.isFramed();
    }

    /** Whether keys at the console open the monitor, if the image has one. */
    @Uninterruptible(reason = Console.REASON)
    public static void setMonitorKeys(boolean on) {
        INPUT.setMonitorKeys(on && monitored);
    }

    /** Threads work now, and the command line was read. False: no memory. */
    @Uninterruptible(reason = Console.REASON)
    static boolean enable() {
        readers = (WaitQueue) Memory.allocateZeroed(SizeOf.get(WaitQueue.class));
        if (readers.isNull()) {
            return false;
        }
        long flags = Scheduler.lock();
        understood = true;
        for (int i = 0; i < early; i++) {
            accept(EARLY[i]);
        }
        unlockAndShow(flags);
        return true;
    }

    /**
     * Bytes may have come in: takes a few, since the scheduler's lock is held meanwhile. Called by
     * the driver, in its interrupt.
     *
     * @return false if there were no more, or there is no room for more
     */
    @Uninterruptible(reason = Console.REASON)
    public static boolean inputArrived() {
        long flags = Scheduler.lock();
        int count = 0;
        int value = 0;
        while (count < MAXIMUM_BURST && value != END_OF_INPUT && hasRoom()) {
            value = Console.device().read();
            if (value != END_OF_INPUT) {
                accept((byte) value);
                count++;
            }
        }
        if (!hasRoom() && !inputWaits) {
            inputWaits = true;
            Console.device().setInputWanted(false);
        }
        boolean more = count == MAXIMUM_BURST && !inputWaits;
        unlockAndShow(flags);
        return more;
    }

    /** What was echoed is to be seen, which needs the lock. */
    @Uninterruptible(reason = Console.REASON)
    private static void unlockAndShow(long flags) {
        boolean show = echoed;
        echoed = false;
        Scheduler.unlock(flags);
        if (show) {
            Console.device().flush();
        }
    }

    @Uninterruptible(reason = Console.REASON)
    private static boolean hasRoom() {
        return understood ? INPUT.hasRoom() : early < EARLY_CAPACITY;
    }

    @Uninterruptible(reason = Console.REASON)
    private static void accept(byte value) {
        if (!understood) {
            EARLY[early++] = value;
            return;
        }
        int what = INPUT.accept(value);
        if (what == ConsoleInput.READABLE && readers.isNonNull()) {
            Parking.wakeOne(readers);
        } else if (what == ConsoleInput.FOR_MONITOR) {
            receiveForMonitor(value == '\r' ? (byte) '\n' : value);
        } else if (what == ConsoleInput.INTERRUPT) {
            Requests.askLocked(Requests.SIGNAL_INTERRUPT);
        }
        for (int i = 0; i < INPUT.echoed(); i++) {
            echo(INPUT.echo(i));
        }
    }

    /** Whoever types faster than there is room sees less. */
    @Uninterruptible(reason = Console.REASON)
    private static void echo(byte value) {
        Pointer one = StackValue.get(Long.BYTES);
        one.writeByte(0, value);
        echoed |= Console.device().write(one, 1) == 1;
    }

    /** A key for the monitor, from somewhere else than the console; the monitor may be missing. */
    @Uninterruptible(reason = Console.REASON)
    public static void sendToMonitor(byte key) {
        long flags = Scheduler.lock();
        if (monitored) {
            receiveForMonitor(key);
        }
        Scheduler.unlock(flags);
    }

    /** A key that finds no room is lost: its answer would come late anyway. */
    @Uninterruptible(reason = Console.REASON)
    private static void receiveForMonitor(byte key) {
        if (monitorReceived - monitorConsumed < MONITOR_CAPACITY) {
            MONITOR_INPUT[(int) (monitorReceived++ % MONITOR_CAPACITY)] = key;
            Requests.askLocked(Requests.MONITOR);
        }
    }

    /** The next key for the monitor, {@link #END_OF_INPUT} if there is none now. */
    @Uninterruptible(reason = Console.REASON)
    public static int nextMonitorKey() {
        long flags = Scheduler.lock();
        int key = END_OF_INPUT;
        if (monitorReceived != monitorConsumed) {
            key = MONITOR_INPUT[(int) (monitorConsumed++ % MONITOR_CAPACITY)];
        }
        Scheduler.unlock(flags);
        return key;
    }

    /**
     * Reads what has come in; waits until there is something, but not once readers have been
     * interrupted.
     *
     * @param capacity of {@code buffer} in bytes, at least 1
     * @param before {@link #interruptions} of a time before the caller has looked whether he has to
     *     wait at all, or {@link #NOT_WAITING}
     * @return how many bytes were written to {@code buffer}, {@link #END_OF_INPUT}, or {@link
     *     #INTERRUPTED}
     */
    @Uninterruptible(reason = Console.REASON)
    public static int read(Pointer buffer, int capacity, long before) {
        InputQueue queue = INPUT.queue();
        long flags = Scheduler.lock();
        while (queue.available() == 0 && !queue.hasEnded()) {
            if (interruptions != before) {
                Scheduler.unlock(flags);
                return INTERRUPTED;
            }
            Parking.block(readers, Scheduler.FOREVER);
        }
        int count = 0;
        while (count < capacity && queue.available() > 0) {
            buffer.writeByte(count++, queue.take());
        }
        if (queue.available() > 0 || queue.hasEnded()) {
            Parking.wakeOne(readers); // for what is left
        }
        boolean more = inputWaits && queue.isHalfFree();
        if (more) {
            inputWaits = false;
            Console.device().setInputWanted(true);
        }
        Scheduler.unlock(flags);
        while (more) {
            more = inputArrived();
        }
        return count == 0 ? END_OF_INPUT : count;
    }

    /** How often readers have been interrupted. */
    @Uninterruptible(reason = Console.REASON)
    public static long interruptions() {
        long flags = Scheduler.lock();
        long count = interruptions;
        Scheduler.unlock(flags);
        return count;
    }

    /** Lets all return that wait in {@link #read} now: one of them may have to see something. */
    @Uninterruptible(reason = Console.REASON)
    public static void interruptReaders() {
        long flags = Scheduler.lock();
        interruptions++;
        Scheduler.unlock(Parking.wakeAll(readers, flags));
    }

    /** Whether {@link #read} would not wait: there are bytes, or the end of input. */
    @Uninterruptible(reason = Console.REASON)
    public static boolean isReadable() {
        long flags = Scheduler.lock();
        boolean isReadable = INPUT.queue().available() > 0 || INPUT.queue().hasEnded();
        Scheduler.unlock(flags);
        return isReadable;
    }

    /** How many bytes can be read without waiting. */
    @Uninterruptible(reason = Console.REASON)
    public static int available() {
        long flags = Scheduler.lock();
        int count = INPUT.queue().available();
        Scheduler.unlock(flags);
        return count;
    }
}
