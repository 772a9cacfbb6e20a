package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Environment variables are what the build, the sources of configuration and loaders say. */
@TargetClass(className = "java.lang.ProcessEnvironment")
final class Target_java_lang_ProcessEnvironment {
    private Target_java_lang_ProcessEnvironment() {}

    @Substitute
    private static byte[][] environ() {
        return ProgramEnvironment.namesAndValues();
    }
}
