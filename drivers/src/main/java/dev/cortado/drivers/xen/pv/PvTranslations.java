package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PhysicalMemory;
import dev.cortado.kernel.memory.Translations;

/** Xen makes the CPUs forget that have used the page tables: no CPU of the domain's is asked. */
final class PvTranslations implements Translations {
    /** MMUEXT_TLB_FLUSH_ALL and MMUEXT_INVLPG_ALL (public/xen.h). */
    private static final int FORGET_ALL = 10;

    private static final int FORGET_PAGE = 11;

    private final TableCalls calls;

    PvTranslations(TableCalls calls) {
        this.calls = calls;
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void forget(long begin, long bytes) {
        if (bytes <= Frames.SIZE) {
            calls.extended(FORGET_PAGE, begin);
        } else {
            calls.extended(FORGET_ALL, 0);
        }
    }

    /** Before a page that was a table is one of data, Xen flushes those who may have used it. */
    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void forgetTables(long begin, long bytes) {
        calls.extended(FORGET_ALL, 0);
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void answer() {}

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void endThreads(Processor self) {}

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void beginThreads(Processor self) {}
}
