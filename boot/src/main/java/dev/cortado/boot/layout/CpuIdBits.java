package dev.cortado.boot.layout;

/** Leaves and bits of CPUID that boot code and kernel both ask for (Intel SDM vol. 2A, CPUID). */
public final class CpuIdBits {
    /** Leaf whose ecx and edx have feature bits. */
    public static final int FEATURES = 1;

    /** Leaf 1, ecx. */
    public static final int XSAVE = 1 << 26;

    public static final int AVX = 1 << 28;

    /** Leaf whose eax is the highest extended leaf. */
    public static final int EXTENDED_LIMIT = 0x8000_0000;

    /** Leaf whose ecx and edx have more feature bits. */
    public static final int EXTENDED_FEATURES = 0x8000_0001;

    /** Leaf 0x8000_0001, edx: execute-disable. */
    public static final int NX = 1 << 20;

    public static final int LONG_MODE = 1 << 29;

    private CpuIdBits() {}
}
