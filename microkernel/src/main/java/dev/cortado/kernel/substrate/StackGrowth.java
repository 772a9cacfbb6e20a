package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.word.Pointer;

/** Stacks get their memory when it is touched: the one page fault that is no error. */
final class StackGrowth {
    /** In the page fault's error code (Intel SDM vol. 3A, figure 4-12): the page was present. */
    private static final int PRESENT = 1;

    private static final int FETCH = 1 << 4;

    private StackGrowth() {}

    /** True if the exception was such a page fault and the thread can go on. */
    @Uninterruptible(reason = "Runs in a page fault.")
    static boolean handle(Pointer frame) {
        if (frame.readLong(InterruptFrame.VECTOR) != InterruptTable.PAGE_FAULT_VECTOR
                || (frame.readLong(InterruptFrame.ERROR_CODE) & (PRESENT | FETCH)) != 0
                || Processors.online() == 0
                || Panic.hasBegun()) {
            return false; // in a panic, nobody may be left who would release a lock
        }
        long touched = Cpu.readCr2();
        KernelThread thread = Scheduler.current();
        long begin = thread.getStackBegin();
        return begin != 0
                && touched >= begin
                && touched < begin + thread.getStackBytes()
                && Memory.growStack(begin, touched);
    }
}
