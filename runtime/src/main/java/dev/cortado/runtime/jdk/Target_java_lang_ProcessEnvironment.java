package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Nobody sets environment variables before a guest starts. */
@TargetClass(className = "java.lang.ProcessEnvironment")
final class Target_java_lang_ProcessEnvironment {
    private Target_java_lang_ProcessEnvironment() {}

    @Substitute
    private static byte[][] environ() {
        return new byte[0][];
    }
}
