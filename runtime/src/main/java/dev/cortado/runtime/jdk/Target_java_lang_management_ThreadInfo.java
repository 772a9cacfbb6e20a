package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.management.ThreadInfo;

/** The constructor that a JVM calls. */
@TargetClass(ThreadInfo.class)
final class Target_java_lang_management_ThreadInfo {
    @Alias
    @SuppressWarnings("unused")
    Target_java_lang_management_ThreadInfo(
            Thread thread,
            int state,
            Object lock,
            Thread lockOwner,
            long blockedCount,
            long blockedTime,
            long waitedCount,
            long waitedTime,
            StackTraceElement[] stackTrace) {}
}
