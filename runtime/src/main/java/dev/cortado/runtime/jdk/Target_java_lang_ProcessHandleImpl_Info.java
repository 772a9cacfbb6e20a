package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Nothing is known of a process beyond its number, which the JDK allows. */
@TargetClass(className = "java.lang.ProcessHandleImpl", innerClass = "Info")
@SuppressWarnings("unused")
final class Target_java_lang_ProcessHandleImpl_Info {
    @Substitute
    private static void initIDs() {}

    @Substitute
    private void info0(long process) {}
}
