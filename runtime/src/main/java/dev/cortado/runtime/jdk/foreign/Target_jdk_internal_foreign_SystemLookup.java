package dev.cortado.runtime.jdk.foreign;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;

/** The C library's symbols: there is no C library. */
@TargetClass(className = "jdk.internal.foreign.SystemLookup", onlyWith = ForeignApi.class)
@SuppressWarnings("unused")
final class Target_jdk_internal_foreign_SystemLookup {
    @Substitute
    public Optional<MemorySegment> find(String name) {
        Objects.requireNonNull(name);
        return Optional.empty();
    }
}
