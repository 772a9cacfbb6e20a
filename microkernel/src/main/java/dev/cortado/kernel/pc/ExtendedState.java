package dev.cortado.kernel.pc;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.CpuId;

/**
 * The area that XSAVE writes (Intel SDM vol. 1, 13.4 "XSAVE Area"), with the components that the
 * boot code enables: x87, SSE, and AVX where the CPU has it.
 */
final class ExtendedState {
    private static final String REASON = "Runs before the Java runtime.";

    private static final int LEAF = 0xd;

    /** FXSAVE's 512 bytes and the header, which is written whatever is enabled. */
    private static final int SMALLEST = 512 + 64;

    /** The component, and so the sub-leaf, of the upper halves of ymm0 to ymm15. */
    private static final int UPPER_HALVES = 2;

    private ExtendedState() {}

    /** Of the area of every CPU. */
    @Uninterruptible(reason = REASON)
    static int bytes() {
        boolean avx = CpuId.has(1, CpuId.ECX, CpuId.AVX);
        return bytes(
                CpuId.read(LEAF, 0, CpuId.EBX),
                avx ? CpuId.read(LEAF, UPPER_HALVES, CpuId.EBX) : 0,
                avx ? CpuId.read(LEAF, UPPER_HALVES, CpuId.EAX) : 0);
    }

    /**
     * @param now what sub-leaf 0 has for the components that are enabled now. Not to be relied on
     *     alone: a hypervisor may have another XCR0 loaded while it answers, as has been seen with
     *     an emulated Xen, and then less is told than will be written.
     * @param offset the last component's place in the area, which never changes
     * @param size the last component's
     */
    @Uninterruptible(reason = REASON)
    static int bytes(int now, int offset, int size) {
        int bytes = offset + size;
        if (bytes < now) {
            bytes = now;
        }
        return bytes < SMALLEST ? SMALLEST : bytes;
    }
}
