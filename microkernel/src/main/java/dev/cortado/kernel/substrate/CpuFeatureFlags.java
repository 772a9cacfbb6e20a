package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.CpuIdBits;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import org.graalvm.word.Pointer;

/**
 * The optional instructions that compiled code may choose at run time, as native-image's
 * CPUFeatures structure wants them: a byte a flag, in the order of its declaration. Those whose
 * registers the kernel does not save (AVX-512 and later) are left out.
 */
final class CpuFeatureFlags {
    /** Extended control register 0, Intel SDM vol. 1, 13.3: SSE and AVX state. */
    private static final long SSE_AND_AVX_STATE = 0b110;

    private static final int LEAF_1 = 1;
    private static final int LEAF_7 = 7;
    private static final int EXTENDED = 0x8000_0001;
    private static final int POWER = 0x8000_0007;

    /** Offset of the flag; leaf, register and bit of CPUID (Intel SDM vol. 2A, table 3-8). */
    private static final int[][] PLAIN = {
        {0, LEAF_1, CpuId.EDX, 8}, // CX8
        {1, LEAF_1, CpuId.EDX, 15}, // CMOV
        {2, LEAF_1, CpuId.EDX, 24}, // FXSR
        {3, LEAF_1, CpuId.EDX, 28}, // HT
        {4, LEAF_1, CpuId.EDX, 23}, // MMX
        {5, EXTENDED, CpuId.ECX, 8}, // AMD_3DNOW_PREFETCH
        {6, LEAF_1, CpuId.EDX, 25}, // SSE
        {7, LEAF_1, CpuId.EDX, 26}, // SSE2
        {8, LEAF_1, CpuId.ECX, 0}, // SSE3
        {9, LEAF_1, CpuId.ECX, 9}, // SSSE3
        {10, EXTENDED, CpuId.ECX, 6}, // SSE4A
        {11, LEAF_1, CpuId.ECX, 19}, // SSE4_1
        {12, LEAF_1, CpuId.ECX, 20}, // SSE4_2
        {13, LEAF_1, CpuId.ECX, 23}, // POPCNT
        {14, EXTENDED, CpuId.ECX, 5}, // LZCNT
        {15, LEAF_1, CpuId.EDX, 4}, // TSC
        {16, POWER, CpuId.EDX, 8}, // TSCINV
        {17, POWER, CpuId.EDX, 8}, // TSCINV_BIT
        {20, LEAF_1, CpuId.ECX, 25}, // AES
        {21, LEAF_7, CpuId.EBX, 9}, // ERMS
        {22, LEAF_1, CpuId.ECX, 1}, // CLMUL
        {23, LEAF_7, CpuId.EBX, 3}, // BMI1
        {24, LEAF_7, CpuId.EBX, 8}, // BMI2
        {26, LEAF_7, CpuId.EBX, 19}, // ADX
        {34, LEAF_7, CpuId.EBX, 29}, // SHA
        {41, LEAF_1, CpuId.EDX, 19}, // FLUSH
        {42, LEAF_7, CpuId.EBX, 23}, // FLUSHOPT
        {43, LEAF_7, CpuId.EBX, 24}, // CLWB
        {46, LEAF_1, CpuId.ECX, 31}, // HV
        {47, LEAF_7, CpuId.EDX, 14}, // SERIALIZE
        {48, EXTENDED, CpuId.EDX, 27}, // RDTSCP
        {49, LEAF_7, CpuId.ECX, 22}, // RDPID
        {50, LEAF_7, CpuId.EDX, 4}, // FSRM
    };

    /** Those that need the AVX registers. */
    private static final int[][] AVX = {
        {18, LEAF_1, CpuId.ECX, 28}, // AVX
        {19, LEAF_7, CpuId.EBX, 5}, // AVX2
        {35, LEAF_1, CpuId.ECX, 12}, // FMA
        {36, LEAF_1, CpuId.ECX, 28}, // VZEROUPPER
        {57, LEAF_1, CpuId.ECX, 29}, // F16C
    };

    private CpuFeatureFlags() {}

    /** Sets the flags of what this CPU has; the others are zero already. */
    @Uninterruptible(reason = "No Java thread yet.")
    static void fill(Pointer flags) {
        fill(flags, PLAIN);
        if (CpuId.has(LEAF_1, CpuId.ECX, CpuIdBits.XSAVE)
                && (Cpu.readXcr0() & SSE_AND_AVX_STATE) == SSE_AND_AVX_STATE) {
            fill(flags, AVX);
        }
    }

    @Uninterruptible(reason = "No Java thread yet.")
    private static void fill(Pointer flags, int[][] table) {
        for (int i = 0; i < table.length; i++) {
            int[] feature = table[i];
            if (CpuId.has(feature[1], feature[2], 1 << feature[3])) {
                flags.writeByte(feature[0], (byte) 1);
            }
        }
    }
}
