package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.cpu.SpinLock;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** From a vector to its handler. */
public final class Interrupts {
    public static final String REASON = "Runs inside an interrupt.";

    /**
     * From here to {@link #TIMER_VECTOR}, each CPU has vectors of its own, which devices have and
     * give back; below are those of handlers, which all CPUs have and nobody gives back.
     */
    public static final int FIRST_DEVICE_VECTOR = 0x40;

    public static final int TIMER_VECTOR = 0xef;

    /** From another CPU: look whom to run. */
    public static final int RESCHEDULE_VECTOR = 0xf0;

    /** From another CPU: forget what page tables said. */
    public static final int FORGET_VECTOR = 0xf1;

    /** From another CPU: a halt is over. Nobody handles it. */
    public static final int WAKE_VECTOR = 0xf2;

    public static final int SPURIOUS_VECTOR = 0xff;

    private static InterruptController controller;

    private static DeviceVectorHandler devices;

    private static InterruptTimes times;

    private static final InterruptHandler[] HANDLERS = new InterruptHandler[InterruptTable.VECTORS];

    /** Who knows the vectors that this does not: see {@link #setDevices}. */
    public interface DeviceVectorHandler {
        /** A vector without a handler has fired on this CPU. Neither waits nor allocates. */
        @Uninterruptible(reason = Interrupts.REASON)
        void handle(int vector);
    }

    /** The legacy controllers' vectors, masked as they are, are not given to anybody. */
    private static int nextVector = InterruptTable.FIRST_INTERRUPT + 16;

    private Interrupts() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setController(InterruptController chosen) {
        controller = chosen;
    }

    /**
     * Called before a device has a vector. Not while the image is built: an image with code that
     * calls this is one with drivers of devices on a bus, and in others {@link #raise} knows none.
     */
    @Uninterruptible(reason = REASON)
    public static void setDevices(DeviceVectorHandler handler) {
        devices = handler;
    }

    /** As {@link #setDevices}: in images without code that calls this, no moment is noted. */
    static void setTimes(InterruptTimes chosen) {
        times = chosen;
    }

    /** Whether a device has had a vector. */
    @Uninterruptible(reason = REASON)
    public static boolean hasDevices() {
        return devices != null;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static InterruptController controller() {
        return controller;
    }

    /** Raises an interrupt on another CPU. */
    @Uninterruptible(reason = REASON)
    public static void send(Processor processor, int vector) {
        controller.send(processor.getHardwareId(), vector);
    }

    /** A vector for a handler in the image, for good; 0 if all are taken. */
    @Uninterruptible(reason = REASON)
    public static int allocate(InterruptHandler handler) {
        long flags = SpinLock.acquire(SpinLock.INTERRUPTS);
        int vector = nextVector < FIRST_DEVICE_VECTOR ? nextVector++ : 0;
        if (vector != 0) {
            HANDLERS[vector] = handler;
        }
        SpinLock.release(SpinLock.INTERRUPTS, flags);
        return vector;
    }

    /** Who handles one of the vectors declared above. */
    @Uninterruptible(reason = REASON)
    public static void bind(int vector, InterruptHandler handler) {
        HANDLERS[vector] = handler;
    }

    /** Called by the entry code for every vector that is not an exception. */
    @Uninterruptible(reason = REASON)
    public static void dispatch(Pointer frame) {
        int vector = (int) frame.readLong(InterruptFrame.VECTOR) & 0xff;
        boolean isDevices = vector >= FIRST_DEVICE_VECTOR && vector < TIMER_VECTOR;
        if (times != null && isDevices) {
            times.note();
        }
        raise(vector);
        if (vector != SPURIOUS_VECTOR) { // that is not to be acknowledged: SDM vol. 3A, 10.9
            controller.endOfInterrupt();
        }
    }

    /** Handles a vector, in an interrupt of another: where interrupts are messages. */
    @Uninterruptible(reason = REASON)
    public static void raise(int vector) {
        count(vector);
        InterruptHandler handler = HANDLERS[vector];
        if (handler != null) {
            handler.handle();
        } else if (devices != null) {
            devices.handle(vector);
        }
    }

    @Uninterruptible(reason = REASON)
    private static void count(int vector) {
        if (Processors.online() > 0) {
            Pointer counts = WordFactory.pointer(Processors.current().getInterruptCounts());
            int offset = vector * Long.BYTES;
            counts.writeLong(offset, counts.readLong(offset) + 1);
        }
    }

    /** How often a vector has fired on a CPU. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long count(Processor processor, int vector) {
        Pointer counts = WordFactory.pointer(processor.getInterruptCounts());
        return counts.readLong(vector * Long.BYTES);
    }

    /** Who handles a vector; null if nobody does. */
    public static InterruptHandler handler(int vector) {
        return HANDLERS[vector];
    }
}
