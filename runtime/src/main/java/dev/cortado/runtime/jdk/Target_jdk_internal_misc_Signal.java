package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** There are no signals: no name is one, as the JDK allows. */
@TargetClass(className = "jdk.internal.misc.Signal")
final class Target_jdk_internal_misc_Signal {
    private Target_jdk_internal_misc_Signal() {}

    @Substitute
    private static int findSignal0(@SuppressWarnings("unused") String name) {
        return -1;
    }
}
