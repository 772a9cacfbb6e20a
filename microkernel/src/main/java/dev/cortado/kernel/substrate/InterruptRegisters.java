package dev.cortado.kernel.substrate;

import com.oracle.svm.core.RegisterDumper;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.log.Log;
import dev.cortado.boot.layout.InterruptFrame;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.WordFactory;

/** Prints the registers of an interrupt frame with what they point to. */
final class InterruptRegisters implements RegisterDumper {
    private static final String[] NAMES = {
        "RAX ", "RBX ", "RCX ", "RDX ", "RBP ", "RSI ", "RDI ", "RSP ", "R8  ", "R9  ", "R10 ",
        "R11 ", "R12 ", "R13 ", "R14 ", "R15 ", "EFL ", "RIP "
    };

    private static final int[] OFFSETS = {
        InterruptFrame.RAX, InterruptFrame.RBX, InterruptFrame.RCX, InterruptFrame.RDX,
        InterruptFrame.RBP, InterruptFrame.RSI, InterruptFrame.RDI, InterruptFrame.RSP,
        InterruptFrame.R8, InterruptFrame.R9, InterruptFrame.R10, InterruptFrame.R11,
        InterruptFrame.R12, InterruptFrame.R13, InterruptFrame.R14, InterruptFrame.R15,
        InterruptFrame.RFLAGS, InterruptFrame.RIP
    };

    @Override
    public void dumpRegisters(
            Log log,
            Context context,
            boolean printLocationInfo,
            boolean allowJavaHeapAccess,
            boolean allowUnsafeOperations) {
        for (int i = 0; i < NAMES.length; i++) {
            long value = ((Pointer) context).readLong(OFFSETS[i]);
            RegisterDumper.dumpReg(
                    log,
                    NAMES[i],
                    value,
                    printLocationInfo,
                    allowJavaHeapAccess,
                    allowUnsafeOperations);
        }
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static PointerBase read(Context context, int offset) {
        return WordFactory.pointer(((Pointer) context).readLong(offset));
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public PointerBase getHeapBase(Context context) {
        return read(context, InterruptFrame.R14);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public PointerBase getThreadPointer(Context context) {
        return read(context, InterruptFrame.R15);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public PointerBase getSP(Context context) {
        return read(context, InterruptFrame.RSP);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public PointerBase getIP(Context context) {
        return read(context, InterruptFrame.RIP);
    }
}
