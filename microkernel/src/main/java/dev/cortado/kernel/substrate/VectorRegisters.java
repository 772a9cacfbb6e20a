package dev.cortado.kernel.substrate;

import dev.cortado.boot.layout.CpuIdBits;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;

/** Which of the optional instructions on vectors compiled code may use here. */
final class VectorRegisters {
    /** Extended control register 0, Intel SDM vol. 1, 13.3: SSE and AVX state. */
    private static final long SSE_AND_AVX_STATE = 0b110;

    private VectorRegisters() {}

    static boolean haveAvx() {
        return areSaved() && CpuId.has(CpuIdBits.FEATURES, CpuId.ECX, CpuIdBits.AVX);
    }

    static boolean haveAvx2() {
        return areSaved() && CpuId.has(7, CpuId.EBX, CpuId.AVX2);
    }

    /** The boot code has switched them on, and interrupts save them. */
    private static boolean areSaved() {
        return CpuId.has(CpuIdBits.FEATURES, CpuId.ECX, CpuIdBits.XSAVE)
                && (Cpu.readXcr0() & SSE_AND_AVX_STATE) == SSE_AND_AVX_STATE;
    }
}
