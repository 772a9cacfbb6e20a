package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Environment variables are what the sources of configuration say. */
@TargetClass(className = "java.lang.ProcessEnvironment", onlyWith = ConfigurationFeature.Is.class)
final class Target_java_lang_ProcessEnvironment_Configured {
    private Target_java_lang_ProcessEnvironment_Configured() {}

    @Substitute
    private static byte[][] environ() {
        return ProgramEnvironment.namesAndValues();
    }
}
