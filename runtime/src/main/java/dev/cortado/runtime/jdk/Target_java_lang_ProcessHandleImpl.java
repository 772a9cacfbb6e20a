package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The guest is process {@value Processes#SELF}, the only one. */
@TargetClass(className = "java.lang.ProcessHandleImpl")
@SuppressWarnings("unused")
final class Target_java_lang_ProcessHandleImpl {
    private Target_java_lang_ProcessHandleImpl() {}

    @Substitute
    private static void initNative() {}

    @Substitute
    private static long getCurrentPid0() {
        return Processes.SELF;
    }

    @Substitute
    private static long parent0(long process, long startTime) {
        return Processes.NONE;
    }

    /** Returns how many there are, if more than fit into the arrays too. */
    @Substitute
    private static int getProcessPids0(
            long parent, long[] processes, long[] parents, long[] startTimes) {
        if (parent != Processes.ANY) {
            return 0;
        }
        if (processes.length > 0) {
            processes[0] = Processes.SELF;
            if (parents != null) {
                parents[0] = 0;
            }
            if (startTimes != null) {
                startTimes[0] = 0;
            }
        }
        return 1;
    }

    @Substitute
    private static boolean destroy0(long process, long startTime, boolean forcibly) {
        return false;
    }

    /** Returns its start time, 0 if that is not known, -1 if there is no such process. */
    @Substitute
    private static long isAlive0(long process) {
        return process == Processes.SELF ? 0 : Processes.NONE;
    }
}
