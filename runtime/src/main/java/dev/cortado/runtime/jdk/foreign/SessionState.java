package dev.cortado.runtime.jdk.foreign;

import com.oracle.svm.core.AlwaysInline;
import jdk.internal.foreign.MemorySessionImpl;
import jdk.internal.misc.Unsafe;

/** The state of a session that any thread may close. */
final class SessionState {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long OFFSET = UNSAFE.objectFieldOffset(MemorySessionImpl.class, "state");

    private SessionState() {}

    /**
     * The state as it is now. A plain read may be moved out of a loop, over the loop's safepoints;
     * one with acquire semantics costs as little on this processor, and stays where it is.
     */
    @AlwaysInline("It is one instruction")
    static int read(Object session) {
        return UNSAFE.getIntAcquire(session, OFFSET);
    }
}
