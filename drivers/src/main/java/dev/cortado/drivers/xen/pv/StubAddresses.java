package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.PhysicalMemory;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** Where the boot code's parts are. */
final class StubAddresses {
    private StubAddresses() {}

    @CFunction(value = "cortado_pv_addresses", transition = Transition.NO_TRANSITION)
    private static native long table();

    /** One of {@link dev.cortado.boot.layout.PvSymbols}'s addresses. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long get(int offset) {
        Pointer table = WordFactory.pointer(table());
        return table.readLong(offset);
    }
}
