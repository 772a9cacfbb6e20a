package dev.cortado.system.guest.suite;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * What a library has for a release of native-image that it knows: that the image of this suite is
 * there shows that the builder passes it over.
 */
@TargetClass(className = "org.graalvm.compiler.api.directives.GraalDirectives")
final class GoneSubstitution {
    @Substitute
    static boolean inCompiledCode() {
        return true;
    }
}
