package dev.cortado.runtime.jdk;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * The JVM that compiles gives objects hash codes by itself, and its hash maps ask this class for
 * them. In a guest it is gone when it is inlined.
 */
@TargetClass(className = "java.lang.StableIdentity")
final class Target_java_lang_StableIdentity {
    /** The offset of a field that the guest's {@code Class} has not. */
    @Alias
    @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.Reset)
    private static long NUMBER;

    @Substitute
    @AlwaysInline("nothing is left of it")
    static int hashCodeOf(Object object) {
        return object.hashCode();
    }
}
