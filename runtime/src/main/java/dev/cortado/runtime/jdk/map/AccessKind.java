package dev.cortado.runtime.jdk.map;

import java.util.Set;
import jdk.vm.ci.meta.JavaKind;
import jdk.vm.ci.meta.ResolvedJavaMethod;
import jdk.vm.ci.meta.Signature;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Which calls access memory whose address a program has from a buffer, a segment or as a number.
 */
@Platforms(Platform.HOSTED_ONLY.class)
final class AccessKind {
    private static final String SCOPED = "Ljdk/internal/misc/ScopedMemoryAccess;";
    private static final String VECTORS = "Ljdk/internal/vm/vector/VectorSupport;";
    private static final String ARRAYS = "Ljdk/internal/util/ArraysSupport;";
    private static final String UNSAFE = "Ljdk/internal/misc/Unsafe;";
    private static final String PROGRAMS_UNSAFE = "Lsun/misc/Unsafe;";

    /** What goes past {@code ScopedMemoryAccess}: the sum of a direct buffer's bytes. */
    private static final Set<String> CALLERS = Set.of(SCOPED, "Ljava/util/zip/CRC32C;");

    private static final Set<String> VECTOR_METHODS = Set.of("load", "store");

    private final ResolvedJavaMethod called;
    private final Signature signature;

    private AccessKind(ResolvedJavaMethod called) {
        this.called = called;
        signature = called.getSignature();
    }

    /** Null if a call of one method by another is no access of that kind. */
    static AccessKind of(ResolvedJavaMethod caller, ResolvedJavaMethod called) {
        String type = called.getDeclaringClass().getName();
        String by = caller.getDeclaringClass().getName();
        boolean isAccess =
                switch (type) {
                    case UNSAFE -> CALLERS.contains(by);
                    case PROGRAMS_UNSAFE -> true;
                    case ARRAYS -> by.equals(SCOPED);
                    case VECTORS -> by.equals(SCOPED) && VECTOR_METHODS.contains(called.getName());
                    default -> false;
                };
        return isAccess ? new AccessKind(called) : null;
    }

    boolean isVector() {
        return called.getDeclaringClass().getName().equals(VECTORS);
    }

    boolean isRead() {
        String name = called.getName();
        return isVector()
                ? name.startsWith("load")
                : name.startsWith("get") && !name.startsWith("getAnd");
    }

    /** The index of the address among the parameters, or of the offset; -1 if there is none. */
    int address() {
        int first = signature.getParameterCount(false) > 0 ? 0 : -1;
        if (first == 0 && signature.getParameterKind(0) == JavaKind.Long) {
            return 0;
        }
        boolean hasObject =
                signature.getParameterCount(false) > 1
                        && signature.getParameterKind(0) == JavaKind.Object
                        && signature.getParameterKind(1) == JavaKind.Long;
        return hasObject && !called.isStatic() ? 1 : -1;
    }

    /** How many bytes are accessed at the address of what is no vector; 0 if none are. */
    int bytes() {
        int value = address() + 1;
        if (value == 0) {
            return 0;
        } else if (isRead()) {
            return bytes(signature.getReturnKind());
        }
        boolean isWrite = value < signature.getParameterCount(false) && isWriting();
        return isWrite ? bytes(signature.getParameterKind(value)) : 0;
    }

    /** Methods that take an address and do not access it are not many, and have other names. */
    private boolean isWriting() {
        String name = called.getName();
        return name.startsWith("put")
                || name.startsWith("getAnd")
                || name.startsWith("compareAnd")
                || name.startsWith("weakCompareAnd");
    }

    private static int bytes(JavaKind kind) {
        return kind.isPrimitive() && kind != JavaKind.Void ? kind.getByteCount() : 0;
    }
}
