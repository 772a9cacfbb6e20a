package dev.cortado.kernel.pc;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.CpuIdBits;
import dev.cortado.kernel.cpu.CpuId;

/**
 * The area that XSAVE writes (Intel SDM vol. 1, 13.4 "XSAVE Area"), with the components that the
 * boot code enables: x87, SSE, and AVX where the CPU has it.
 *
 * <p>What CPUID's sub-leaf 0 has for the components that are enabled now is not asked: a hypervisor
 * may have another XCR0 loaded while it answers, as has been seen with an emulated Xen, and then
 * tells less than will be written, or more than an interrupt's stack holds.
 */
final class ExtendedState {
    /** What {@link #bytes} returns for sizes that cannot be. */
    static final int NOT_A_SIZE = -1;

    private static final String REASON = "Runs before the Java runtime.";

    private static final int LEAF = 0xd;

    /** FXSAVE's 512 bytes and the header, which is written whatever is enabled. */
    private static final int SMALLEST = 512 + 64;

    /** The component, and so the sub-leaf, of the upper halves of ymm0 to ymm15. */
    private static final int UPPER_HALVES = 2;

    private static final int UPPER_HALVES_BYTES = 16 * 16;

    /** More is none of these components: where they are and how large is the same on every CPU. */
    private static final int LARGEST = 2048;

    private ExtendedState() {}

    /** Of the area of every CPU. */
    @Uninterruptible(reason = REASON)
    static int bytes() {
        return CpuId.has(1, CpuId.ECX, CpuIdBits.AVX)
                ? bytes(
                        CpuId.read(LEAF, UPPER_HALVES, CpuId.EBX),
                        CpuId.read(LEAF, UPPER_HALVES, CpuId.EAX))
                : SMALLEST;
    }

    /**
     * @param offset the upper halves' place in the area
     * @param size their bytes
     */
    @Uninterruptible(reason = REASON)
    static int bytes(int offset, int size) {
        boolean possible =
                offset >= SMALLEST
                        && size >= UPPER_HALVES_BYTES
                        && offset <= LARGEST
                        && size <= LARGEST - offset;
        return possible ? offset + size : NOT_A_SIZE;
    }
}
