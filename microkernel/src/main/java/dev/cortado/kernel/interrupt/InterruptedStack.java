package dev.cortado.kernel.interrupt;

import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.kernel.memory.PhysicalMemory;

/** Where, on a stack on which an interrupt is being handled, the interrupt's frame is. */
public final class InterruptedStack {
    /** What the CPU aligns the stack to before it pushes (SDM vol. 3A, 6.14.2). */
    private static final int ALIGNMENT = 16;

    /** Between the handler's frames and that of the interrupt: registers of any size, and less. */
    private static final int MOST_BYTES = 32 * 1024;

    private InterruptedStack() {}

    /**
     * Looks for the frame that an interrupt has left, which ends where the interrupted code's stack
     * pointer was: whoever reports a fault has no other way to it, and an interrupt is to leave no
     * trace that costs time.
     *
     * @param from the stack pointer of a frame of the handler's
     * @param end of the stack, behind its last byte
     * @return address of an {@link InterruptFrame}, or 0 if there is none
     */
    public static long find(PhysicalMemory memory, long from, long end) {
        long last = Math.min(end, from + MOST_BYTES) - InterruptFrame.SIZE;
        for (long frame = from + ALIGNMENT - 1 & -ALIGNMENT; frame <= last; frame += ALIGNMENT) {
            long stackPointer = memory.readLong(frame + InterruptFrame.RSP);
            long vector = memory.readLong(frame + InterruptFrame.VECTOR);
            if ((stackPointer & -ALIGNMENT) == frame + InterruptFrame.SIZE
                    && stackPointer <= end
                    && vector >= InterruptTable.FIRST_INTERRUPT
                    && vector < InterruptTable.VECTORS) {
                return frame;
            }
        }
        return 0;
    }
}
