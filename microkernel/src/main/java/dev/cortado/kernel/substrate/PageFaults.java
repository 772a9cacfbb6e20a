package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.memory.Pages;
import dev.cortado.kernel.memory.Stacks;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.word.Pointer;

/** The page faults that are no error. */
final class PageFaults {
    /** In the page fault's error code (Intel SDM vol. 3A, figure 4-12): the page was present. */
    private static final int PRESENT = 1;

    private static final int FETCH = 1 << 4;

    private PageFaults() {}

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
        return isOutOfDate(touched) || isStack(touched);
    }

    /**
     * Whether the page is there by now. This CPU may have remembered a page table that was empty
     * and was taken out, while another CPU put the page into the one that followed it. The fault
     * has made it forget that table (SDM vol. 3A, 4.10.4.1).
     */
    @Uninterruptible(reason = "Runs in a page fault.")
    private static boolean isOutOfDate(long touched) {
        return Pages.isPresent(touched);
    }

    /** Stacks get their memory when it is touched. */
    @Uninterruptible(reason = "Runs in a page fault.")
    private static boolean isStack(long touched) {
        KernelThread thread = Scheduler.current();
        long begin = thread.getStackBegin();
        return begin != 0
                && touched >= begin
                && touched < begin + thread.getStackBytes()
                && Stacks.grow(begin, touched);
    }
}
