package dev.cortado.kernel.cpu;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * What the CPU says of itself (Intel SDM vol. 2A, CPUID); some bits are in {@link
 * dev.cortado.boot.layout.CpuIdBits}.
 */
public final class CpuId {
    public static final int EAX = 0;
    public static final int EBX = 4;
    public static final int ECX = 8;
    public static final int EDX = 12;

    /** Leaf 1, ECX. */
    public static final int X2APIC = 1 << 21;

    public static final int TSC_DEADLINE = 1 << 24;
    public static final int RDRAND = 1 << 30;

    /** Leaf 1, ECX: always 0 on hardware, 1 under a hypervisor. */
    public static final int HYPERVISOR = 1 << 31;

    /** Leaf 7, EBX. */
    public static final int SMEP = 1 << 7;

    public static final int RDSEED = 1 << 18;
    public static final int SMAP = 1 << 20;

    /** Leaf 7, ECX. */
    public static final int UMIP = 1 << 2;

    /** Leaf 0x8000_0001, EDX. */
    public static final int GIGABYTE_PAGES = 1 << 26;

    private static final int EXTENDED = 0x8000_0000;

    private CpuId() {}

    /** One register of a leaf, 0 if the CPU does not have the leaf. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static int read(int leaf, int subleaf, int register) {
        Pointer out = StackValue.get(16);
        boolean hypervisor = (leaf & 0xf000_0000) == 0x4000_0000;
        int base = hypervisor ? 0x4000_0000 : leaf & EXTENDED;
        Cpu.cpuid(base, 0, out);
        if (Integer.compareUnsigned(out.readInt(EAX), leaf) < 0) {
            return 0;
        }
        Cpu.cpuid(leaf, subleaf, out);
        return out.readInt(register);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static boolean has(int leaf, int register, int bit) {
        return (read(leaf, 0, register) & bit) != 0;
    }

    /** Highest physical address bits: leaf 0x8000_0008, EAX 7:0; 36 where the CPU does not say. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static int physicalAddressBits() {
        int bits = read(0x8000_0008, 0, EAX) & 0xff;
        return bits == 0 ? 36 : bits;
    }
}
