package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.monitor.MonitorInflationCause;
import com.oracle.svm.core.monitor.MonitorSupport;
import com.oracle.svm.core.snippets.SubstrateForeignCallTarget;
import com.oracle.svm.core.stack.StackOverflowCheck;
import com.oracle.svm.core.thread.VMOperationControl;
import com.oracle.svm.core.util.VMError;

/**
 * What compiled code calls to enter and to leave a monitor. Most monitors are free, and nobody
 * waits for them when they are left: the original finds that out behind two changes of the stack's
 * bounds.
 */
@TargetClass(className = "com.oracle.svm.core.monitor.MultiThreadedMonitorSupport")
final class Target_com_oracle_svm_core_monitor_MultiThreadedMonitorSupport {
    private Target_com_oracle_svm_core_monitor_MultiThreadedMonitorSupport() {}

    @Substitute
    @SubstrateForeignCallTarget(stubCallingConvention = false)
    @Uninterruptible(reason = Monitors.REASON, calleeMustBe = false)
    private static void slowPathMonitorEnter(Object object) {
        if (Monitors.enter(object)) {
            return;
        }
        StackOverflowCheck.singleton().makeYellowZoneAvailable();
        VMOperationControl.guaranteeOkayToBlock("a monitor is entered within a VM operation");
        try {
            MonitorSupport.singleton().monitorEnter(object, MonitorInflationCause.MONITOR_ENTER);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            throw VMError.shouldNotReachHere("a monitor cannot be entered", e);
        } finally {
            StackOverflowCheck.singleton().protectYellowZone();
        }
    }

    @Substitute
    @SubstrateForeignCallTarget(stubCallingConvention = false)
    @Uninterruptible(reason = Monitors.REASON, calleeMustBe = false)
    private static void slowPathMonitorExit(Object object) {
        int left = Monitors.exit(object);
        if (left == Monitors.LEFT && !Monitors.isStopWanted()) {
            return;
        }
        StackOverflowCheck.singleton().makeYellowZoneAvailable();
        try {
            if (left == Monitors.NOT_LEFT) {
                MonitorSupport.singleton().monitorExit(object, MonitorInflationCause.VM_INTERNAL);
            } else {
                Monitors.signalNext(object);
            }
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            throw VMError.shouldNotReachHere("a monitor cannot be left", e);
        } finally {
            StackOverflowCheck.singleton().protectYellowZone();
        }
    }
}
