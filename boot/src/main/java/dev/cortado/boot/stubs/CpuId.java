package dev.cortado.boot.stubs;

/** Leaves and bits of cpuid that the boot code asks for (SDM vol. 2A, CPUID). */
final class CpuId {

    /** Leaf whose ecx and edx have feature bits. */
    static final int FEATURES = 1;

    static final int FEATURES_ECX_XSAVE = 1 << 26;
    static final int FEATURES_ECX_AVX = 1 << 28;

    /** Leaf whose eax is the highest extended leaf. */
    static final long EXTENDED_LIMIT = 0x8000_0000L;

    /** Leaf whose ecx and edx have more feature bits. */
    static final long EXTENDED_FEATURES = 0x8000_0001L;

    static final int EXTENDED_EDX_EXECUTE_DISABLE = 1 << 20;
    static final int EXTENDED_EDX_LONG_MODE = 1 << 29;

    private CpuId() {}
}
