package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.thread.SafepointCheckCounter;
import org.graalvm.nativeimage.IsolateThread;

/** What compiled code looks at where it can be stopped. */
@TargetClass(SafepointCheckCounter.class)
final class Target_com_oracle_svm_core_thread_SafepointCheckCounter {
    private Target_com_oracle_svm_core_thread_SafepointCheckCounter() {}

    /** Not above 0 if the thread is to stop. */
    @Alias
    static native int getVolatile(IsolateThread thread);
}
