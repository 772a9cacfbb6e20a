package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.MachineMemory;
import dev.cortado.kernel.memory.Translations;

/**
 * TLB shoot-down: requests are numbered, each CPU says up to which number it has followed. A CPU
 * that follows forgets everything, so one pass answers all requests that came so far. A CPU without
 * a thread is not interrupted but for tables that are freed: it follows before it runs one.
 */
public final class TranslationShootdown implements Translations, InterruptHandler {
    /** More than the caller's own range: all. */
    private static final long EVERYTHING = Long.MAX_VALUE;

    /** More pages than these are forgotten with all others. */
    private static final long FEW_BYTES = 64 * Frames.SIZE;

    private static long requested;

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void forget(long begin, long bytes) {
        forget(begin, bytes, false);
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void forgetTables(long begin, long bytes) {
        forget(begin, bytes, true);
    }

    @Uninterruptible(reason = Interrupts.REASON)
    private static void forget(long begin, long bytes, boolean idleToo) {
        if (Processors.online() < 2) {
            forgetHere(begin, bytes);
            return;
        }
        long flags = SpinLock.acquire(SpinLock.INTERRUPTS);
        long request = ++requested;
        SpinLock.release(SpinLock.INTERRUPTS, flags);
        flags = Cpu.disableInterrupts();
        Processor self = Processors.current();
        Cpu.fence(); // see beginThreads
        for (int i = 0; i < Processors.online(); i++) {
            if (Processors.get(i).notEqual(self) && isBehind(Processors.get(i), request, idleToo)) {
                Interrupts.send(Processors.get(i), Interrupts.FORGET_VECTOR);
            }
        }
        // Another CPU may wait for this one at the same time, and interrupts are off.
        follow();
        for (int i = 0; i < Processors.online(); i++) {
            while (isBehind(Processors.get(i), request, idleToo)) {
                Cpu.pause();
                follow();
            }
        }
        Cpu.restoreInterrupts(flags);
    }

    /** A CPU that a panic has stopped will follow no more. */
    @Uninterruptible(reason = Interrupts.REASON)
    private static boolean isBehind(Processor processor, long request, boolean idleToo) {
        return processor.getFlushed() < request
                && (idleToo || processor.getForgetsLater() == 0)
                && processor.getOnline() != 0;
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void answer() {
        follow();
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void endThreads(Processor self) {
        self.setForgetsLater(1);
    }

    /**
     * Either it sees a request here, or whoever makes the request sees it run: each stores first,
     * then reads what the other has stored.
     */
    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void beginThreads(Processor self) {
        self.setForgetsLater(0);
        Cpu.fence();
        follow();
    }

    @Uninterruptible(reason = Interrupts.REASON)
    private static void follow() {
        long upTo = requested;
        Processor self = Processors.current();
        if (self.getFlushed() < upTo) {
            forgetHere(0, EVERYTHING);
            self.setFlushed(upTo);
        }
    }

    /** This CPU forgets what it knows of the pages of [begin, begin + bytes). */
    @Uninterruptible(reason = Interrupts.REASON)
    private static void forgetHere(long begin, long bytes) {
        if (bytes > FEW_BYTES) {
            Cpu.writeCr3(MachineMemory.pageMap()); // all but global pages (SDM vol. 3A, 4.10.4.1)
        } else {
            for (long done = 0; done < bytes; done += Frames.SIZE) {
                Cpu.invalidatePage(begin + done);
            }
        }
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void handle() {
        follow();
    }
}
