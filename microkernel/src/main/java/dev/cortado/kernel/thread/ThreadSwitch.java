package dev.cortado.kernel.thread;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.ProcessorHeader;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.memory.MachineMemory;
import dev.cortado.kernel.time.Clock;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * Which thread a CPU runs, and how it comes to run another. A switch happens with {@link
 * Scheduler#lock} held; the thread that goes on releases it. So no CPU sees a thread that is
 * neither running nor wholly saved.
 */
public final class ThreadSwitch {
    private static final TimeAccount ACCOUNT = new TimeAccount(new KernelThreadFields());

    private ThreadSwitch() {}

    /** The thread that runs on a CPU. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static KernelThread running(Processor processor) {
        return WordFactory.pointer(header(processor).readLong(ProcessorHeader.THREAD));
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static void setRunning(Processor processor, KernelThread thread) {
        header(processor).writeLong(ProcessorHeader.THREAD, thread.rawValue());
        thread.setRunsOn(processor);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static Pointer header(Processor processor) {
        return ((Pointer) processor).subtract(ProcessorHeader.SIZE);
    }

    /** Whose turn is next on this CPU runs; the running thread has been put where it belongs. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void toNext(long now) {
        Processor processor = Processors.current();
        KernelThread next = Placement.takeNext(processor, now);
        boolean leaves = next.isNonNull() && Placement.isParked(processor);
        if (next.isNull()) {
            next = WordFactory.pointer(processor.getIdleThread());
        }
        processor.setReschedule(0);
        Placement.turns(processor).begin(next.rawValue(), now, leaves);
        ThreadTimer.set(processor);
        to(processor, next, now);
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private static void to(Processor processor, KernelThread next, long now) {
        KernelThread previous = running(processor);
        boolean toIdle = next.rawValue() == processor.getIdleThread();
        processor.setIdle(toIdle ? 1 : 0);
        if (next.equal(previous)) {
            return;
        }
        if (toIdle) {
            MachineMemory.translations().endThreads(processor);
        } else if (processor.getForgetsLater() != 0) {
            MachineMemory.translations().beginThreads(processor);
        }
        settle(previous, now);
        next.setSwitchedToAt(now);
        next.setProcessor(processor.getId());
        setRunning(processor, next);
        switchTo(processor, previous, next);
    }

    /** A running thread pays for its time until now. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void settle(KernelThread running, long now) {
        ACCOUNT.settle(running.rawValue(), now);
    }

    /** Whoever runs on the account of this thread, which ends, pays from here on itself. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void paysNoMore(KernelThread thread) {
        for (int i = 0; i < Processors.online(); i++) {
            KernelThread running = running(Processors.get(i));
            if (running.getPayer() == thread.rawValue()) {
                running.setPayer(0);
            }
        }
    }

    /**
     * From one thread to another, neither of which is the idle one, in the same turn.
     *
     * @param next ran here last
     * @param answers whether {@code next} waits for what {@code running} has done
     */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    static void handOver(
            Processor processor, KernelThread running, KernelThread next, boolean answers) {
        if (!answers) {
            ACCOUNT.lend(running.rawValue(), next.rawValue());
        } else if (!ACCOUNT.giveBack(running.rawValue(), next.rawValue())) {
            settleBetween(running, next);
        }
        header(processor).writeLong(ProcessorHeader.THREAD, next.rawValue());
        switchTo(processor, running, next);
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private static void settleBetween(KernelThread running, KernelThread next) {
        ACCOUNT.settleBetween(running.rawValue(), next.rawValue(), Clock.nanoTime());
    }

    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    private static void switchTo(Processor processor, KernelThread previous, KernelThread next) {
        processor.setContextSwitches(processor.getContextSwitches() + 1);
        Cpu.switchContext(previous.addressOfStackPointer(), next.getStackPointer());
    }
}
