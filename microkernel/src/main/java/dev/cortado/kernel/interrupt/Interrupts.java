package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.kernel.cpu.Cpu;
import org.graalvm.word.Pointer;

/** From a vector to its handler. */
public final class Interrupts {
    public static final String REASON = "Runs inside an interrupt.";

    /** Vectors below are the CPU's exceptions (Intel SDM vol. 3A, 6.3.1). */
    public static final int FIRST_DEVICE_VECTOR = 32;

    public static final int TIMER_VECTOR = 0xef;
    public static final int SPURIOUS_VECTOR = 0xff;

    private static final InterruptHandler[] HANDLERS = new InterruptHandler[InterruptTable.VECTORS];
    private static final long[] COUNTS = new long[InterruptTable.VECTORS];
    private static int nextVector = FIRST_DEVICE_VECTOR + 16;
    private static long unexpected;

    private Interrupts() {}

    /** A vector for a device, bound to the handler; 0 if all are taken. */
    @Uninterruptible(reason = REASON)
    public static int allocate(InterruptHandler handler) {
        long flags = Cpu.disableInterrupts();
        int vector = nextVector < TIMER_VECTOR ? nextVector++ : 0;
        if (vector != 0) {
            HANDLERS[vector] = handler;
        }
        Cpu.restoreInterrupts(flags);
        return vector;
    }

    @Uninterruptible(reason = REASON)
    static void bind(int vector, InterruptHandler handler) {
        HANDLERS[vector] = handler;
    }

    /** Called by the entry code for every vector that is not an exception. */
    @Uninterruptible(reason = REASON)
    public static void dispatch(Pointer frame) {
        int vector = (int) frame.readLong(InterruptFrame.VECTOR) & 0xff;
        COUNTS[vector]++;
        if (vector == SPURIOUS_VECTOR) {
            return; // not to be acknowledged: Intel SDM vol. 3A, 10.9
        }
        InterruptHandler handler = HANDLERS[vector];
        if (handler == null) {
            unexpected++;
        } else {
            handler.handle();
        }
        LocalApic.endOfInterrupt();
    }

    /** How often a vector has fired. */
    public static long count(int vector) {
        return COUNTS[vector];
    }

    /** How many interrupts nobody had asked for. */
    public static long unexpected() {
        return unexpected;
    }
}
