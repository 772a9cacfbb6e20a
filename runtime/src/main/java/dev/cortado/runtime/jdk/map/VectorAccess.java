package dev.cortado.runtime.jdk.map;

import com.oracle.svm.core.AlwaysInline;

/** What a thread does before it moves a vector (JEP 508) from or to a memory segment. */
final class VectorAccess {
    private VectorAccess() {}

    /**
     * A vector is about to be read.
     *
     * @param element its lanes' type
     * @param address or the offset in an object
     */
    @AlwaysInline("A method that returns may stop at a safepoint.")
    static void beforeRead(Class<?> element, int lanes, long address) {
        if (MappedAccess.isMapped(address)) {
            MappedAccess.beforeRead(address, bytes(element, lanes));
        }
    }

    @AlwaysInline("A method that returns may stop at a safepoint.")
    static void beforeWrite(Class<?> element, int lanes, long address) {
        if (MappedAccess.isMapped(address)) {
            MappedAccess.beforeWrite(address, bytes(element, lanes));
        }
    }

    private static int bytes(Class<?> element, int lanes) {
        if (element == byte.class) {
            return lanes;
        } else if (element == short.class) {
            return Short.BYTES * lanes;
        }
        boolean isShort = element == int.class || element == float.class;
        return (isShort ? Integer.BYTES : Long.BYTES) * lanes;
    }
}
