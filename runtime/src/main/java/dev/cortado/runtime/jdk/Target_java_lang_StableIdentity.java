package dev.cortado.runtime.jdk;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * The JVM that compiles gives objects hash codes by itself, with these two calls around each of
 * {@code hashCode()} in hash maps. In a guest they do nothing and are gone when inlined.
 */
@TargetClass(className = "java.lang.StableIdentity")
final class Target_java_lang_StableIdentity {
    @Substitute
    @AlwaysInline("nothing is left of it")
    static int before(@SuppressWarnings("unused") Object object) {
        return 0;
    }

    @Substitute
    @AlwaysInline("nothing is left of it")
    static int after(
            @SuppressWarnings("unused") Object object,
            @SuppressWarnings("unused") int before,
            int hash) {
        return hash;
    }
}
