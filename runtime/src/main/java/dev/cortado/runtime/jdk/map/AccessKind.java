package dev.cortado.runtime.jdk.map;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;
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

    /**
     * What goes past {@code ScopedMemoryAccess}: the sum of a direct buffer's bytes, and what a
     * program calls by reflection.
     */
    private static final Set<String> CALLERS =
            Set.of(SCOPED, "Ljava/util/zip/CRC32C;", PROGRAMS_UNSAFE);

    private static final Set<String> VECTOR_METHODS = Set.of("load", "store");

    private final String type;
    private final String name;
    private final MethodTypeDesc signature;

    private AccessKind(String type, String name, String descriptor) {
        this.type = type;
        this.name = name;
        signature = MethodTypeDesc.ofDescriptor(descriptor);
    }

    /**
     * Null if a call is no access of that kind.
     *
     * @param caller descriptor of the class of the method that calls
     * @param method that calls
     * @param type descriptor of the class of the method that is called
     * @param descriptor of that method
     */
    static AccessKind of(
            String caller, String method, String type, String name, String descriptor) {
        boolean isAccess =
                switch (type) {
                    case UNSAFE ->
                            CALLERS.contains(caller)
                                    || caller.equals(UNSAFE) && isInSeveralSteps(method);
                    case PROGRAMS_UNSAFE -> true;
                    case ARRAYS -> caller.equals(SCOPED);
                    case VECTORS -> caller.equals(SCOPED) && VECTOR_METHODS.contains(name);
                    default -> false;
                };
        return isAccess ? new AccessKind(type, name, descriptor) : null;
    }

    /**
     * Whether a method of {@code Unsafe} accesses memory by others of its methods: in a loop, or
     * behind a call, where its thread may stop.
     */
    private static boolean isInSeveralSteps(String method) {
        return isSwap(method) || method.endsWith("Unaligned") || method.endsWith("Parts");
    }

    boolean isVector() {
        return type.equals(VECTORS);
    }

    boolean isRead() {
        return isVector()
                ? name.startsWith("load")
                : name.startsWith("get") && !name.startsWith("getAnd");
    }

    /** The index of the address among the parameters, or of the offset; -1 if there is none. */
    int address() {
        int count = signature.parameterCount();
        if (count > 0 && isLong(0)) {
            return 0;
        }
        return count > 1 && !isPrimitive(0) && isLong(1) && !type.equals(ARRAYS) ? 1 : -1;
    }

    private boolean isLong(int parameter) {
        return signature.parameterType(parameter).equals(ConstantDescs.CD_long);
    }

    private boolean isPrimitive(int parameter) {
        return signature.parameterType(parameter).isPrimitive();
    }

    /** How many bytes are accessed at the address by what is no vector; 0 if none are. */
    int bytes() {
        int value = address() + 1;
        if (value == 0) {
            return 0;
        } else if (isRead()) {
            return bytes(signature.returnType());
        }
        boolean isWrite = value < signature.parameterCount() && isWrite();
        return isWrite ? bytes(signature.parameterType(value)) : 0;
    }

    /** Those that have an address and do not access it are few, and have other names. */
    private boolean isWrite() {
        return name.startsWith("put") || isSwap(name);
    }

    private static boolean isSwap(String name) {
        return name.startsWith("getAnd")
                || name.startsWith("compareAnd")
                || name.startsWith("weakCompareAnd");
    }

    private static int bytes(ClassDesc type) {
        return switch (type.descriptorString()) {
            case "Z", "B" -> Byte.BYTES;
            case "S", "C" -> Short.BYTES;
            case "I", "F" -> Integer.BYTES;
            case "J", "D" -> Long.BYTES;
            default -> 0;
        };
    }
}
