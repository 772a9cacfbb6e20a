package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** The JDK's own way from a number to a thread that handles the signal. */
@TargetClass(className = "jdk.internal.misc.Signal")
final class Target_jdk_internal_misc_Signal_Cortado {
    private Target_jdk_internal_misc_Signal_Cortado() {}

    @Alias
    static native void dispatch(int number);
}
