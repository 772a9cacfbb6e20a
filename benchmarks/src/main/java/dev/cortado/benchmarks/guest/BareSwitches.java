package dev.cortado.benchmarks.guest;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import dev.cortado.boot.layout.ThreadFrame;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.image.ImageLayout;
import org.graalvm.nativeimage.UnmanagedMemory;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.nativeimage.c.function.CEntryPoint.NotIncludedAutomatically;
import org.graalvm.nativeimage.c.function.CEntryPoint.Publish;
import org.graalvm.nativeimage.c.function.CEntryPointLiteral;
import org.graalvm.nativeimage.c.function.CFunctionPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * The floor of a call and its reply on one CPU: from one stack to another and back, with the stub
 * that the scheduler switches threads with, and nothing else.
 */
final class BareSwitches {
    private static final String REASON = "The other stack is no thread's.";

    private static final int STACK_BYTES = 16 * 1024;

    /** At the begin of the block: where each side keeps its stack pointer while it is away. */
    private static final int HERE = 0;

    private static final int THERE = Long.BYTES;

    private static final CEntryPointLiteral<CFunctionPointer> OTHER_SIDE =
            CEntryPointLiteral.create(BareSwitches.class, "switchBack", Pointer.class);

    private BareSwitches() {}

    /** Fills {@code ticks} from {@code first} on with so many round trips. */
    static void measure(long[] ticks, int first, int count) {
        Pointer block = UnmanagedMemory.calloc(WordFactory.unsigned(STACK_BYTES));
        measure(block, OTHER_SIDE.getFunctionPointer().rawValue(), ticks, first, count);
        UnmanagedMemory.free(block);
    }

    /** With interrupts off: an interrupt would ask whose stack this is. */
    @Uninterruptible(reason = REASON)
    private static void measure(Pointer block, long function, long[] ticks, int first, int count) {
        Pointer top = WordFactory.pointer(block.rawValue() + STACK_BYTES & -16L);
        Pointer frame = top.subtract(ThreadFrame.SIZE);
        frame.writeInt(ThreadFrame.MXCSR, ThreadFrame.INITIAL_MXCSR);
        frame.writeShort(ThreadFrame.FPU_CONTROL, ThreadFrame.INITIAL_FPU_CONTROL);
        frame.writeLong(ThreadFrame.RBX, function);
        frame.writeLong(ThreadFrame.RBP, block.rawValue());
        frame.writeLong(ThreadFrame.RETURN_ADDRESS, ImageLayout.threadEntry);
        block.writeLong(THERE, frame.rawValue());
        long flags = Cpu.disableInterrupts();
        for (int i = first; i < first + count; i++) {
            long begin = Cpu.readTimeStampCounter();
            Cpu.switchContext(block.add(HERE), block.readLong(THERE));
            ticks[i] = Cpu.readTimeStampCounter() - begin;
        }
        Cpu.restoreInterrupts(flags);
    }

    @CEntryPoint(include = NotIncludedAutomatically.class, publishAs = Publish.NotPublished)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    private static void switchBack(Pointer block) {
        while (true) {
            Cpu.switchContext(block.add(THERE), block.readLong(HERE));
        }
    }
}
