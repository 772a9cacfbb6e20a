package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.kernel.machine.LastTasks;
import dev.cortado.kernel.machine.Machine;

/** The last step of {@link System#exit}. */
@TargetClass(className = "java.lang.Shutdown")
final class Target_java_lang_Shutdown {
    private Target_java_lang_Shutdown() {}

    @Substitute
    static void halt0(int status) {
        LastTasks.run();
        Machine.exit(status);
    }
}
