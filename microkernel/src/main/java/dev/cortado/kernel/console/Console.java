package dev.cortado.kernel.console;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.thread.Mutex;
import dev.cortado.kernel.thread.Parking;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.thread.WaitQueue;
import dev.cortado.kernel.time.Clock;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;

/** Standard output and error: the console device, and who waits for it. {@link Keyboard} reads. */
public final class Console {
    public static final String REASON = "The console works before the Java runtime and in a panic.";

    /** How long somebody waits for room who cannot sleep, and how often one who sleeps asks. */
    private static final long PATIENCE = 1_000_000_000;

    /** Of the time-stamp counter: a second or so, for when there is no clock yet. */
    private static final long PATIENCE_IN_CYCLES = 3_000_000_000L;

    /** As above, for what a serial port takes some bytes with. */
    private static final long PATIENCE_OF_OVERTAKER = PATIENCE_IN_CYCLES / 100;

    /** How the rest of a line goes that somebody writes who cannot sleep. */
    private static final int IN_TURN = 0;

    private static final int OVERTAKING = 1;
    private static final int LOST = 2;

    private static ConsoleDevice device;

    /** One CPU writes, and nobody gives back a lock that was held. */
    private static boolean alone;

    private static boolean givenUp;
    private static int line;
    private static Mutex writing;
    private static WaitQueue writers;

    private Console() {}

    /** Called while the image is built, by the driver that is chosen. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setDevice(ConsoleDevice chosen) {
        device = chosen;
    }

    @Uninterruptible(reason = REASON)
    static ConsoleDevice device() {
        return device;
    }

    @Uninterruptible(reason = REASON)
    public static void initialize() {
        device.initialize();
    }

    /** Threads and interrupts work now, and the command line was read. False: no memory. */
    @Uninterruptible(reason = REASON)
    public static boolean enableInterrupts() {
        writers = (WaitQueue) Memory.allocateZeroed(SizeOf.get(WaitQueue.class));
        Mutex mutex = (Mutex) Memory.allocateZeroed(SizeOf.get(Mutex.class));
        if (writers.isNull() || mutex.isNull() || !Keyboard.enable()) {
            return false;
        }
        writing = mutex;
        device.enableInterrupts();
        return true;
    }

    /**
     * Begins a write of a thread, which nobody else's comes between up to {@link #endWrite}. Waits;
     * for threads that nobody waits for meanwhile.
     */
    @Uninterruptible(reason = REASON)
    public static void beginWrite() {
        Mutex.Operations.lock(writing);
    }

    @Uninterruptible(reason = REASON)
    public static void endWrite() {
        device.flush();
        Mutex.Operations.unlock(writing);
    }

    /** Writes all of it, within {@link #beginWrite}; waits in a queue while there is no room. */
    @Uninterruptible(reason = REASON)
    public static void writePatiently(Pointer bytes, int count) {
        int done = 0;
        while (done < count) {
            int written = device.write(bytes.add(done), count - done);
            if (written == 0) {
                long flags = Scheduler.lock();
                boolean inTime =
                        !device.awaitsRoom() || Parking.block(writers, Clock.deadlineIn(PATIENCE));
                Scheduler.unlock(flags);
                if (!inTime) {
                    device.noRoomForLong();
                }
            }
            done += written;
        }
    }

    /** There is room again; called by the driver from its interrupt. */
    @Uninterruptible(reason = REASON)
    public static void roomForOutput() {
        long flags = Scheduler.lock();
        if (writers.isNonNull()) {
            Parking.wakeOne(writers);
        }
        Scheduler.unlock(flags);
    }

    /**
     * Shows a byte at once, whoever writes. If there is no room for a second, the rest of its line
     * overtakes what waits for room; where that cannot be, it is lost.
     */
    @Uninterruptible(reason = REASON)
    public static void write(byte value) {
        Pointer one = StackValue.get(Long.BYTES);
        one.writeByte(0, value);
        if (line == IN_TURN && !writeInTurn(one)) {
            line = OVERTAKING;
        }
        if (line == OVERTAKING && !overtake(one)) {
            line = LOST;
        }
        if (value == '\n') {
            line = IN_TURN;
            device.flush();
        }
    }

    /** False if there was no room in time; the next one is not waited for then. */
    @Uninterruptible(reason = REASON)
    private static boolean writeInTurn(Pointer one) {
        boolean written = device.write(one, 1) == 1;
        if (!written && !givenUp) {
            written = pollForRoom() && device.write(one, 1) == 1;
        }
        givenUp = !written;
        return written;
    }

    @Uninterruptible(reason = REASON)
    private static boolean overtake(Pointer one) {
        long begin = Cpu.readTimeStampCounter();
        while (device.overtake(one, 1) == 0) {
            if (Cpu.readTimeStampCounter() - begin > PATIENCE_OF_OVERTAKER) {
                return false;
            }
            device.relax();
        }
        return true;
    }

    /** False: there is none. */
    @Uninterruptible(reason = REASON)
    private static boolean pollForRoom() {
        device.flush(); // who makes room has to know
        long begin = Cpu.readTimeStampCounter();
        while (!device.hasRoom()) {
            if (Cpu.readTimeStampCounter() - begin > PATIENCE_IN_CYCLES) {
                device.noRoomForLong();
                return false;
            }
            device.relax();
        }
        return true;
    }

    /** Shows ASCII text, for messages from before the Java runtime. */
    @Uninterruptible(reason = REASON)
    public static void write(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            write(text[i]);
        }
        device.flush();
    }

    /**
     * Waits, for a bounded time, until all has been seen that was written: the machine ends, and
     * nothing else runs, whoever held the device's lock before.
     */
    @Uninterruptible(reason = REASON)
    public static void drain() {
        alone = true;
        device.endThreads();
        device.flush();
        long begin = Cpu.readTimeStampCounter();
        while (!device.isDrained() && Cpu.readTimeStampCounter() - begin < PATIENCE_IN_CYCLES) {
            device.relax();
        }
    }

    /** Keeps other CPUs from the device's registers; for its driver. */
    @Uninterruptible(reason = REASON)
    public static long lockDevice() {
        return alone ? Cpu.disableInterrupts() : SpinLock.acquire(SpinLock.CONSOLE);
    }

    @Uninterruptible(reason = REASON)
    public static void unlockDevice(long flags) {
        if (alone) {
            Cpu.restoreInterrupts(flags);
        } else {
            SpinLock.release(SpinLock.CONSOLE, flags);
        }
    }

    /** From now on one CPU alone writes, whoever held the lock before. */
    @Uninterruptible(reason = REASON)
    public static void panic() {
        alone = true;
        line = IN_TURN;
        device.endThreads();
    }
}
