package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** A monitor of an object. */
@TargetClass(className = "com.oracle.svm.core.monitor.JavaMonitor")
final class Target_com_oracle_svm_core_monitor_JavaMonitor {
    /** How often the thread that has it has entered it; 1 if none has. */
    @Alias int acquisitions;

    private Target_com_oracle_svm_core_monitor_JavaMonitor() {}
}
