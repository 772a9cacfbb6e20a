package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** A thread that waits for a monitor. */
@TargetClass(
        className = "com.oracle.svm.core.monitor.JavaMonitorQueuedSynchronizer",
        innerClass = "Node")
final class Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer_Node {
    @Alias volatile Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer_Node next;

    private Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer_Node() {}
}
