package dev.cortado.kernel.substrate;

import com.oracle.svm.core.RegisterDumper;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.genscavenge.GCImpl;
import com.oracle.svm.core.genscavenge.HeapImpl;
import com.oracle.svm.core.graal.nodes.WriteCurrentVMThreadNode;
import com.oracle.svm.core.heap.RestrictHeapAccess;
import com.oracle.svm.core.log.Log;
import com.oracle.svm.core.stack.StackOverflowCheck;
import com.oracle.svm.core.thread.VMThreads;
import com.oracle.svm.core.thread.VMThreads.SafepointBehavior;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.nativeimage.CurrentIsolate;
import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.word.Pointer;

/**
 * The end of a guest that cannot go on: says why, and shows registers, stacks and memory, then
 * stops the machine. What it shows may be what is broken, so nothing here allocates or waits, and
 * an exception of the CPU while a section is printed ends that section only.
 */
final class Panic {
    private static final String REASON = "Reports what is wrong, in whatever state the machine is.";

    // The report's sections. What is least likely to fail comes first.
    private static final int CAUSE = 1;
    private static final int REGISTERS = 2;
    private static final int STACK = 3;
    private static final int MEMORY = 4;
    private static final int OTHER_THREADS = 5;
    private static final int LAST_LINE = 6;

    /**
     * The interrupt frame that is reported: another exception may overwrite the stack it was on.
     */
    private static final CGlobalData<Pointer> FRAME =
            CGlobalDataFactory.createBytes(() -> InterruptFrame.SIZE);

    private static boolean begun;
    private static boolean hasJavaThread;
    private static boolean explaining;
    private static int section;

    private Panic() {}

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean hasBegun() {
        return begun;
    }

    /**
     * Whether what is printed now is the reason of the end, and is to be told to the hypervisor.
     */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean isExplaining() {
        return explaining;
    }

    /**
     * Reports what {@link PanicCause} was told, or else the exception that left {@code frame}.
     * Interrupts are off. Does not return.
     */
    @Uninterruptible(reason = REASON)
    static void report(Pointer frame) {
        Machine.stopOthers();
        Console.panic();
        boolean first = !begun;
        begun = true;
        if (first) {
            for (int offset = 0; offset < InterruptFrame.SIZE; offset += Long.BYTES) {
                FRAME.get().writeLong(offset, frame.readLong(offset));
            }
            PanicCause.setAddress(Cpu.readCr2());
        } else {
            PlainReport.again(frame);
        }
        hasJavaThread = CurrentIsolate.getCurrentThread().isNonNull();
        if (hasJavaThread || borrowThread()) {
            inJava();
        } else if (first) {
            PlainReport.withoutJava(FRAME.get());
        }
        Machine.panic();
    }

    /**
     * Java code keeps some of its state with its thread. A CPU that has none, since it is idle or
     * handles an interrupt, takes any: that thread will not run again.
     */
    @Uninterruptible(reason = REASON)
    private static boolean borrowThread() {
        IsolateThread thread = VMThreads.firstThreadUnsafe();
        if (thread.isNull()) {
            return false;
        }
        WriteCurrentVMThreadNode.writeCurrentVMThread(thread);
        return true;
    }

    @Uninterruptible(
            reason = "Must be uninterruptible until safepoints are prevented.",
            calleeMustBe = false)
    @RestrictHeapAccess(
            access = RestrictHeapAccess.Access.NO_ALLOCATION,
            reason = "Must not allocate in a panic.")
    private static void inJava() {
        SafepointBehavior.preventSafepoints();
        StackOverflowCheck.singleton().disableStackOverflowChecksForFatalError();
        Log log = Log.log().resetIndentation();
        explaining = false;
        while (section < LAST_LINE) {
            section++;
            print(log, FRAME.get());
        }
    }

    private static void print(Log log, Pointer frame) {
        switch (section) {
            case CAUSE -> {
                log.newline().string("cortado: panic: ");
                PanicCause.print(log, frame, hasJavaThread);
                log.newline();
                PanicCause.printException(log);
            }
            case REGISTERS -> {
                log.string("Registers:").newline();
                RegisterDumper.singleton()
                        .dumpRegisters(log, (RegisterDumper.Context) frame, true, true, true);
            }
            case STACK -> {
                log.string("Stack of this thread, ");
                ThreadStacks.printBounds(log, frame.readLong(InterruptFrame.RSP));
                log.newline();
                ThreadStacks.printCurrent(log, frame, hasJavaThread);
            }
            case MEMORY -> printMemory(log);
            case OTHER_THREADS -> ThreadStacks.printOthers(log, hasJavaThread);
            default -> {
                log.string("cortado: panicked: ");
                explaining = true;
                PanicCause.print(log, frame, hasJavaThread);
                explaining = false;
                log.newline();
            }
        }
    }

    private static void printMemory(Log log) {
        log.string("Memory: ").unsigned(Memory.freeBytes() >> 10).string(" KiB of ");
        log.unsigned(Memory.totalBytes() >> 10).string(" KiB free").newline();
        log.string("Java heap: ").unsigned(usedHeap() >> 10).string(" KiB used, ");
        log.unsigned(committedHeap() >> 10).string(" KiB committed, at most ");
        log.unsigned(GCImpl.getPolicy().getMaximumHeapSize().rawValue() >> 10);
        log.string(" KiB").newline();
    }

    @Uninterruptible(reason = "The figures change in a collection.")
    private static long usedHeap() {
        return HeapImpl.getAccounting().getUsedBytes().rawValue();
    }

    @Uninterruptible(reason = "The figures change in a collection.")
    private static long committedHeap() {
        return HeapImpl.getAccounting().getCommittedBytes().rawValue();
    }
}
