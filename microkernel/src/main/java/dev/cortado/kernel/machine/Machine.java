package dev.cortado.kernel.machine;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.time.Clock;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** The end of the machine. */
public final class Machine {
    static final String REASON = "Ends the machine, whatever state it is in.";

    /** The code of a panic, as sysexits.h's EX_SOFTWARE. */
    public static final int PANIC_CODE = 70;

    /** A CPU that has not stopped by then is not waited for. */
    private static final long STOP_NANOS = 100_000_000;

    private static PowerDevice device;

    /** The thread that has stopped the other CPUs, 0 for none. */
    private static long stopping;

    private Machine() {}

    /** Called while the image is built, by the driver that is chosen. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setDevice(PowerDevice chosen) {
        device = chosen;
    }

    /** Memory works now. */
    @Uninterruptible(reason = REASON)
    public static void openDevice() {
        if (device != null) {
            device.open();
        }
    }

    /** Memory, interrupts and threads work now. */
    @Uninterruptible(reason = REASON)
    public static void enableDevice() {
        if (device != null) {
            device.enable();
        }
    }

    /** The power button was pressed: the program is to end as by SIGTERM. */
    @Uninterruptible(reason = REASON)
    public static void askToEnd() {
        Requests.ask(Requests.SIGNAL_TERMINATE);
    }

    /** Ends it as the program wants. Does not return. */
    @Uninterruptible(reason = REASON)
    public static void exit(int code) {
        stop(false, code);
    }

    /**
     * All CPUs but this one halt, whatever they do, so that it can report in peace. Of two CPUs
     * that want it at once, one halts.
     */
    @Uninterruptible(reason = REASON)
    public static void stopOthers() {
        if (Processors.online() < 2 || stopping == Cpu.currentThread()) {
            return;
        }
        SpinLock.acquire(SpinLock.STOP); // for good
        stopping = Cpu.currentThread();
        for (int i = 0; i < Processors.online(); i++) {
            Processor processor = Processors.get(i);
            if (processor.notEqual(Processors.current())) {
                Interrupts.controller().stop(processor);
            }
        }
        long deadline = Clock.deadlineIn(STOP_NANOS);
        for (int i = 0; i < Processors.online(); i++) {
            Processor processor = Processors.get(i);
            while (processor.notEqual(Processors.current())
                    && processor.getOnline() != 0
                    && Clock.nanoTime() < deadline) {
                Cpu.pause();
            }
        }
    }

    /** Called on a non-maskable interrupt: halts if {@link #stopOthers} has sent it. */
    @Uninterruptible(reason = REASON)
    public static void stopIfTold() {
        if (stopping != 0) {
            Processors.current().setOnline(0);
            Cpu.haltForever();
        }
    }

    /**
     * Tells the hypervisor one character, in ASCII, of why {@link #panic} is about to be called.
     */
    @Uninterruptible(reason = REASON)
    public static void explain(byte character) {
        if (device != null) {
            device.explain(character);
        }
    }

    /** Ends it because the kernel cannot go on. Does not return. */
    @Uninterruptible(reason = REASON)
    public static void panic() {
        stop(true, PANIC_CODE);
    }

    @Uninterruptible(reason = REASON)
    private static void stop(boolean panicked, int code) {
        Cpu.disableInterrupts();
        stopOthers();
        if (device != null) {
            device.powerOff(panicked, code);
        }
        Cpu.haltForever();
    }
}
