package dev.cortado.runtime.jdk.foreign;

import com.oracle.svm.core.heap.VMOperationInfos;
import com.oracle.svm.core.jdk.InternalVMMethod;
import com.oracle.svm.core.thread.JavaVMOperation;
import com.oracle.svm.core.thread.VMThreads;
import com.oracle.svm.core.threadlocal.FastThreadLocalFactory;
import com.oracle.svm.core.threadlocal.FastThreadLocalLong;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.nativeimage.CurrentIsolate;
import org.graalvm.nativeimage.IsolateThread;

/**
 * Waits until nobody accesses memory any more that belongs to an arena whose state is "closed"
 * already. All threads stop at a safepoint. One that stops outside a method of {@code
 * ScopedMemoryAccess} has not checked the state, and will see that the arena is closed, or has
 * finished its access. One that stops inside, as a copy of much memory may, is let go on, until it
 * too has once been seen outside. A new access of such a thread fails, so that all of them end.
 */
@InternalVMMethod
final class ArenaClosing extends JavaVMOperation {
    /** How long threads run between two looks at them. */
    private static final long PAUSE_NANOS = 50_000;

    /** The number of the last look at this thread that found it outside. */
    private static final FastThreadLocalLong SEEN_OUTSIDE =
            FastThreadLocalFactory.createLong("ArenaClosing.seenOutside");

    /** The number of the last look; changed at safepoints only. */
    private static long looks;

    private final ScopedAccessSearch search = new ScopedAccessSearch();
    private long firstLook;
    private boolean allSeenOutside;

    private ArenaClosing() {
        super(VMOperationInfos.get(ArenaClosing.class, "Close arena", SystemEffect.SAFEPOINT));
    }

    /** Returns when no access is going on that began before this call. */
    static void awaitAccesses() {
        ArenaClosing closing = new ArenaClosing();
        boolean interrupted = false;
        closing.enqueue();
        while (!closing.allSeenOutside) {
            // Not only yield: who is inside may have a lower priority.
            LockSupport.parkNanos(PAUSE_NANOS);
            interrupted |= Thread.interrupted();
            closing.enqueue();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void operate() {
        looks++;
        if (firstLook == 0) {
            firstLook = looks;
        }
        allSeenOutside = true;
        IsolateThread thread = VMThreads.firstThread();
        while (thread.isNonNull()) {
            if (thread.notEqual(queuingThread) && SEEN_OUTSIDE.get(thread) < firstLook) {
                look(thread);
            }
            thread = VMThreads.nextThread(thread);
        }
    }

    private void look(IsolateThread thread) {
        // The thread that runs this operation was stopped at its safepoint as well.
        if (thread.notEqual(CurrentIsolate.getCurrentThread()) && search.isInside(thread)) {
            allSeenOutside = false;
        } else {
            SEEN_OUTSIDE.set(thread, looks);
        }
    }
}
