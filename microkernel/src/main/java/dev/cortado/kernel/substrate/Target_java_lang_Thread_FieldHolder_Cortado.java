package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** Fields of a thread that virtual threads do not have. */
@TargetClass(className = "java.lang.Thread$FieldHolder")
final class Target_java_lang_Thread_FieldHolder_Cortado {
    @Alias ThreadGroup group;
    @Alias volatile int priority;
}
