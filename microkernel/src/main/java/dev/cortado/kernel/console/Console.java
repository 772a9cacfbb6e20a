package dev.cortado.kernel.console;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.thread.Parking;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.thread.WaitQueue;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** Standard output, error and input: the console device, and what was typed and not yet read. */
public final class Console {
    static final String REASON = "The console works before the Java runtime and in a panic.";

    /** What {@link #read} returns once the one who types has ended the input (Ctrl-D). */
    public static final int END_OF_INPUT = -1;

    private static final byte END_OF_TRANSMISSION = 4;
    private static final int INPUT_CAPACITY = 4096;
    private static final int MONITOR_CAPACITY = 64;

    private static ConsoleDevice device;
    private static boolean panicking;
    private static final byte[] INPUT = new byte[INPUT_CAPACITY];
    private static long received;
    private static long consumed;
    private static long dropped;
    private static WaitQueue readers;

    private static final MonitorKeys KEYS = new MonitorKeys();
    private static final byte[] MONITOR_INPUT = new byte[MONITOR_CAPACITY];
    private static boolean monitored;
    private static long monitorReceived;
    private static long monitorConsumed;
    private static WaitQueue monitor;

    private Console() {}

    /** Called while the image is built, by the driver that is chosen. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setDevice(ConsoleDevice chosen) {
        device = chosen;
    }

    /** Called while the image is built: some of what is typed is for {@link #awaitMonitorKey}. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setMonitored() {
        monitored = true;
    }

    @Uninterruptible(reason = REASON)
    public static void initialize() {
        device.initialize();
    }

    /** Threads and interrupts work now. False: no memory. */
    @Uninterruptible(reason = REASON)
    public static boolean enableInput() {
        readers = (WaitQueue) Memory.allocateZeroed(SizeOf.get(WaitQueue.class));
        monitor = (WaitQueue) Memory.allocateZeroed(SizeOf.get(WaitQueue.class));
        if (readers.isNull() || monitor.isNull()) {
            return false;
        }
        device.enableInput();
        return true;
    }

    @Uninterruptible(reason = REASON)
    public static void write(byte value) {
        device.write(value);
        if (value == '\n') {
            device.flush();
        }
    }

    @Uninterruptible(reason = REASON)
    public static void write(Pointer bytes, long count) {
        for (long i = 0; i < count; i++) {
            device.write(bytes.readByte(WordFactory.unsigned(i)));
        }
        device.flush();
    }

    /** Shows ASCII text, for messages from before the Java runtime. */
    @Uninterruptible(reason = REASON)
    public static void write(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            device.write(text[i]);
        }
        device.flush();
    }

    /** Shows the first {@code count} bytes of a text. */
    @Uninterruptible(reason = REASON)
    public static void write(byte[] text, int count) {
        for (int i = 0; i < count; i++) {
            device.write(text[i]);
        }
        device.flush();
    }

    /** Waits, for a bounded time, until all has been seen that was written. */
    @Uninterruptible(reason = REASON)
    public static void drain() {
        device.drain();
    }

    /** Keeps other CPUs from the device's registers; for its driver. */
    @Uninterruptible(reason = REASON)
    public static long lockDevice() {
        return panicking ? Cpu.disableInterrupts() : SpinLock.acquire(SpinLock.CONSOLE);
    }

    @Uninterruptible(reason = REASON)
    public static void unlockDevice(long flags) {
        if (panicking) {
            Cpu.restoreInterrupts(flags);
        } else {
            SpinLock.release(SpinLock.CONSOLE, flags);
        }
    }

    /** From now on one CPU alone writes, whoever held the lock before. */
    @Uninterruptible(reason = REASON)
    public static void panic() {
        panicking = true;
    }

    /** A byte has come in; called by the driver from its interrupt. */
    @Uninterruptible(reason = REASON)
    public static void receive(byte value) {
        long flags = Scheduler.lock();
        byte key = value == '\r' ? (byte) '\n' : value;
        if (monitored && KEYS.takes(key)) {
            receiveForMonitor(key);
        } else if (received - consumed == INPUT_CAPACITY) {
            dropped++;
        } else {
            INPUT[(int) (received++ % INPUT_CAPACITY)] = key;
            if (readers.isNonNull()) {
                Parking.wakeOne(readers);
            }
        }
        Scheduler.unlock(flags);
    }

    /** A key for the monitor, from somewhere else than the console; the monitor may be missing. */
    @Uninterruptible(reason = REASON)
    public static void sendToMonitor(byte key) {
        long flags = Scheduler.lock();
        if (monitored) {
            receiveForMonitor(key);
        }
        Scheduler.unlock(flags);
    }

    /** A key that finds no room is lost: its answer would come late anyway. */
    @Uninterruptible(reason = REASON)
    private static void receiveForMonitor(byte key) {
        if (monitorReceived - monitorConsumed < MONITOR_CAPACITY) {
            MONITOR_INPUT[(int) (monitorReceived++ % MONITOR_CAPACITY)] = key;
            if (monitor.isNonNull()) {
                Parking.wakeOne(monitor);
            }
        }
    }

    /** Waits until a key for the monitor has come in; {@link #nextMonitorKey} takes it. */
    @Uninterruptible(reason = REASON)
    public static void awaitMonitorKey() {
        long flags = Scheduler.lock();
        while (monitorReceived == monitorConsumed) {
            Parking.block(monitor, Scheduler.FOREVER);
        }
        Scheduler.unlock(flags);
    }

    /** The next key for the monitor, {@link #END_OF_INPUT} if there is none now. */
    @Uninterruptible(reason = REASON)
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
     * Reads what has been typed, at most a line; waits until there is something.
     *
     * @param capacity of {@code buffer} in bytes, at least 1
     * @return how many bytes were written to {@code buffer}, or {@link #END_OF_INPUT}
     */
    @Uninterruptible(reason = REASON)
    public static int read(Pointer buffer, int capacity) {
        long flags = Scheduler.lock();
        while (received == consumed) {
            Parking.block(readers, Scheduler.FOREVER);
        }
        int count = 0;
        byte last = 0;
        while (count < capacity && last != '\n' && hasByte(consumed)) {
            last = INPUT[(int) (consumed++ % INPUT_CAPACITY)];
            buffer.writeByte(count++, last);
        }
        if (received != consumed) {
            Parking.wakeOne(readers); // for what is left
        }
        Scheduler.unlock(flags);
        return count == 0 ? END_OF_INPUT : count;
    }

    /** How many bytes can be read without waiting: up to the end of input, which stays. */
    @Uninterruptible(reason = REASON)
    public static int available() {
        int count = 0;
        while (hasByte(consumed + count)) {
            count++;
        }
        return count;
    }

    /** Whether a byte came in at that position that is not the end of input. */
    @Uninterruptible(reason = REASON)
    private static boolean hasByte(long position) {
        return position < received
                && INPUT[(int) (position % INPUT_CAPACITY)] != END_OF_TRANSMISSION;
    }

    /** How many bytes came in while there was no room for them. */
    public static long dropped() {
        return dropped;
    }
}
