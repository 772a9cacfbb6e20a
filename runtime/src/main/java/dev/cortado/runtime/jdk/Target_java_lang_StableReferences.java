package dev.cortado.runtime.jdk;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The JVM that compiles keeps what its tables refer to weakly. In a guest, garbage is garbage. */
@TargetClass(className = "java.lang.StableReferences")
final class Target_java_lang_StableReferences {
    @Substitute
    @AlwaysInline("nothing is left of it")
    static void keep(@SuppressWarnings("unused") Object referent) {}
}
