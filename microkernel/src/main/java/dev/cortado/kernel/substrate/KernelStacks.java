package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.stack.StackOverflowCheck;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.c.type.WordPointer;
import org.graalvm.word.WordFactory;

/** Where the current thread's stack is, for the check that throws {@link StackOverflowError}. */
final class KernelStacks implements StackOverflowCheck.PlatformSupport {
    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public boolean lookupStack(WordPointer base, WordPointer end) {
        KernelThread thread = Scheduler.current();
        long begin = thread.getStackBegin();
        base.write(WordFactory.unsigned(begin + thread.getStackBytes()));
        end.write(WordFactory.unsigned(begin));
        return begin != 0;
    }
}
