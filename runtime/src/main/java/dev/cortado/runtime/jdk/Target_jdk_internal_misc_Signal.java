package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.kernel.substrate.Signals;

/** The natives of signals; the Java runtime has the third, which says who handles one. */
@TargetClass(className = "jdk.internal.misc.Signal")
final class Target_jdk_internal_misc_Signal {
    private Target_jdk_internal_misc_Signal() {}

    @Substitute
    private static int findSignal0(String name) {
        return Signals.number(name);
    }

    @Substitute
    private static void raise0(int number) {
        Signals.raise(number);
    }
}
