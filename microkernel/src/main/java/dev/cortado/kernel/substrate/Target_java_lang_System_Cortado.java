package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.kernel.time.Clock;

/** Both clocks of {@link System}; the Java runtime reads them where it must not be interrupted. */
@TargetClass(System.class)
final class Target_java_lang_System_Cortado {
    private Target_java_lang_System_Cortado() {}

    @Substitute
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long nanoTime() {
        return Clock.nanoTime();
    }

    @Substitute
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long currentTimeMillis() {
        return Clock.epochNanos() / 1_000_000;
    }
}
