package dev.cortado.runtime.jdk.foreign;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import jdk.internal.foreign.MemorySessionImpl;
import jdk.internal.misc.ScopedMemoryAccess;
import jdk.internal.misc.ScopedMemoryAccess.ScopedAccessError;

/** The native that closes a shared session. */
@TargetClass(value = ScopedMemoryAccess.class, onlyWith = ForeignApi.class)
@SuppressWarnings("unused")
final class Target_jdk_internal_misc_ScopedMemoryAccess {
    @Substitute
    void closeScope0(MemorySessionImpl session, ScopedAccessError error) {
        ArenaClosing.awaitAccesses();
    }
}
