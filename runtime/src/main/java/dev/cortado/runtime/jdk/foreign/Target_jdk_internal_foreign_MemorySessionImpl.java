package dev.cortado.runtime.jdk.foreign;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import jdk.internal.foreign.MemorySessionImpl;
import jdk.internal.misc.ScopedMemoryAccess.ScopedAccessError;

/**
 * The check before every access to memory of an arena. Between it and the access no thread may stop
 * at a safepoint, or {@link ArenaClosing} would not know that the thread has checked already.
 */
@TargetClass(value = MemorySessionImpl.class, onlyWith = ForeignApi.class)
@SuppressWarnings("unused")
final class Target_jdk_internal_foreign_MemorySessionImpl {
    @Alias static int OPEN;
    @Alias static ScopedAccessError ALREADY_CLOSED;
    @Alias static ScopedAccessError WRONG_THREAD;

    @Alias Thread owner;
    @Alias int state;

    @Substitute
    @AlwaysInline("A method that returns may stop at a safepoint")
    public void checkValidStateRaw() {
        if (owner != null) {
            if (owner != Thread.currentThread()) {
                throw WRONG_THREAD;
            }
            if (state < OPEN) {
                throw ALREADY_CLOSED;
            }
        } else if (SessionState.read(this) < OPEN) {
            throw ALREADY_CLOSED;
        }
    }
}
