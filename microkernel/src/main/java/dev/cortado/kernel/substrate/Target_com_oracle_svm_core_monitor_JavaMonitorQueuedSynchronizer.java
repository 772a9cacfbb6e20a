package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** Who has a monitor, and who waits for it. */
@TargetClass(className = "com.oracle.svm.core.monitor.JavaMonitorQueuedSynchronizer")
final class Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer {
    /** Where {@link #state} is. */
    @Alias static long STATE;

    /** The number of the thread that has it, 0 if none has. */
    @Alias volatile long state;

    /** The one behind it waits for the longest time; null if nobody has ever waited. */
    @Alias volatile Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer_Node head;

    private Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer() {}

    /** Wakes who waits behind that one, if somebody does. */
    @Alias
    static native void signalNext(
            Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer_Node head);
}
