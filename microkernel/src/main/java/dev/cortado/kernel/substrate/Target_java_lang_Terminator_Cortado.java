package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** What the JDK does about signals that end a program. */
@TargetClass(className = "java.lang.Terminator")
final class Target_java_lang_Terminator_Cortado {
    private Target_java_lang_Terminator_Cortado() {}

    @Alias
    static native void setup();
}
