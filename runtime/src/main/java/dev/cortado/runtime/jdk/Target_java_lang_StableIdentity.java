package dev.cortado.runtime.jdk;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * The JVM that compiles gives objects hash codes by itself, and its hash maps ask this class for
 * them. In a guest it is gone when it is inlined.
 */
@TargetClass(className = "java.lang.StableIdentity")
final class Target_java_lang_StableIdentity {
    @Substitute
    @AlwaysInline("nothing is left of it")
    static int hashCodeOf(Object object) {
        return object.hashCode();
    }
}
