package dev.cortado.kernel.substrate;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.snippets.KnownIntrinsics;
import com.oracle.svm.core.thread.JavaThreads;
import jdk.graal.compiler.word.BarrieredAccess;
import jdk.internal.misc.Unsafe;
import org.graalvm.nativeimage.CurrentIsolate;

/** Enters and leaves monitors that nobody else has or waits for. */
final class Monitors {
    static final String REASON = "There may be no stack for what handles an overflow of it.";

    /** It was not left: somebody else has to. */
    static final int NOT_LEFT = 0;

    static final int LEFT = 1;

    /** It was left, and {@link #signalNext} has to tell who waits. */
    static final int LEFT_TO_NEXT = 2;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private Monitors() {}

    /** Whether it was entered. */
    @Uninterruptible(reason = REASON)
    static boolean enter(Object object) {
        Object monitor = of(object);
        if (monitor == null) {
            return false;
        }
        long thread = JavaThreads.getCurrentThreadId();
        long owner = queue(monitor).state;
        if (owner == 0) {
            return UNSAFE.compareAndSetLong(
                    monitor,
                    Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer.STATE,
                    0,
                    thread);
        }
        int acquisitions = monitor(monitor).acquisitions;
        if (owner != thread || acquisitions == Integer.MAX_VALUE) {
            return false;
        }
        monitor(monitor).acquisitions = acquisitions + 1;
        return true;
    }

    /** Leaves it, and says how. */
    @Uninterruptible(reason = REASON)
    static int exit(Object object) {
        Object monitor = of(object);
        if (monitor == null || queue(monitor).state != JavaThreads.getCurrentThreadId()) {
            return NOT_LEFT;
        }
        int acquisitions = monitor(monitor).acquisitions;
        if (acquisitions > 1) {
            monitor(monitor).acquisitions = acquisitions - 1;
            return LEFT;
        }
        queue(monitor).state = 0;
        // Only now: who comes from now on looks once more before he waits.
        Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer_Node head =
                queue(monitor).head;
        return head == null || head.next == null ? LEFT : LEFT_TO_NEXT;
    }

    /**
     * Whether this thread is to stop for a VM operation. A loop that does nothing else than enter
     * and leave has no other place where that is asked: the compiler takes it that this is done
     * here.
     */
    @Uninterruptible(reason = REASON)
    static boolean isStopWanted() {
        return Target_com_oracle_svm_core_thread_SafepointCheckCounter.getVolatile(
                        CurrentIsolate.getCurrentThread())
                <= 0;
    }

    /** Tells who waits, if anybody does, and stops if that is wanted, as all that returns does. */
    static void signalNext(Object object) {
        Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer.signalNext(
                queue(of(object)).head);
    }

    /** Null if it has none yet, or elsewhere. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static Object of(Object object) {
        int offset =
                SubstrateUtil.cast(
                                KnownIntrinsics.readHub(object),
                                Target_com_oracle_svm_core_hub_DynamicHub.class)
                        .monitorOffset;
        return offset == 0 ? null : BarrieredAccess.readObject(object, offset);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static Target_com_oracle_svm_core_monitor_JavaMonitor monitor(Object monitor) {
        return SubstrateUtil.cast(monitor, Target_com_oracle_svm_core_monitor_JavaMonitor.class);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer queue(
            Object monitor) {
        return SubstrateUtil.cast(
                monitor, Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer.class);
    }
}
