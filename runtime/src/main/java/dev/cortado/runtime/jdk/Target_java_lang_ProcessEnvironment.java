package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Where no source of configuration is asked, nobody sets environment variables. */
@TargetClass(
        className = "java.lang.ProcessEnvironment",
        onlyWith = ConfigurationFeature.IsNot.class)
final class Target_java_lang_ProcessEnvironment {
    private Target_java_lang_ProcessEnvironment() {}

    @Substitute
    private static byte[][] environ() {
        return new byte[0][];
    }
}
