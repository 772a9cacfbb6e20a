package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.stack.JavaFrameAnchor;
import com.oracle.svm.core.stack.JavaFrameAnchors;
import com.oracle.svm.core.threadlocal.FastThreadLocalWord;

/** Its methods are for the compiler's own snippets: nobody else may call them uninterruptibly. */
@TargetClass(JavaFrameAnchors.class)
final class Target_com_oracle_svm_core_stack_JavaFrameAnchors {
    /** The last one of a thread; to the compiler a constant, as it has to be. */
    @Alias
    @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.None, isFinal = true)
    static FastThreadLocalWord<JavaFrameAnchor> lastAnchorTL;
}
