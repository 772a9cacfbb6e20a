package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.thread.SafepointSlowpath;

/** What the compiler calls after a call of a C function during which a safepoint has begun. */
@TargetClass(SafepointSlowpath.class)
final class Target_com_oracle_svm_core_thread_SafepointSlowpath {
    @Alias
    static native void enterSlowPathTransitionFromNativeToNewStatus(
            int newStatus, boolean popFrameAnchor);
}
