package dev.cortado.kernel.cpu;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * What the CPU says of itself (Intel SDM vol. 2A, CPUID); some bits are in {@link
 * dev.cortado.boot.layout.CpuIdBits}.
 */
public final class CpuId {
    /** Places of the registers, in bytes, among what {@link Cpu#cpuid} writes. */
    public static final int EAX = 0;

    public static final int EBX = 4;
    public static final int ECX = 8;
    public static final int EDX = 12;

    /** Leaf 1, ECX. */
    public static final int X2APIC = 1 << 21;

    /** Leaf 1, ECX. */
    public static final int SSE4_2 = 1 << 20;

    public static final int TSC_DEADLINE = 1 << 24;
    public static final int RDRAND = 1 << 30;

    /** Leaf 1, ECX: always 0 on hardware, 1 under a hypervisor. */
    public static final int HYPERVISOR = 1 << 31;

    /** Leaf 7, EBX. */
    public static final int AVX2 = 1 << 5;

    public static final int SMEP = 1 << 7;

    public static final int RDSEED = 1 << 18;
    public static final int SMAP = 1 << 20;

    /** Leaf 7, ECX. */
    public static final int UMIP = 1 << 2;

    /** Leaf 0x8000_0001, EDX. */
    public static final int GIGABYTE_PAGES = 1 << 26;

    private static final CpuLeaves LEAVES = new CpuLeaves(new Instruction());

    private CpuId() {}

    /** One register of a leaf, 0 if the CPU does not have the leaf. */
    @Uninterruptible(reason = CpuLeaves.REASON)
    public static int read(int leaf, int subleaf, int register) {
        return LEAVES.read(leaf, subleaf, register);
    }

    @Uninterruptible(reason = CpuLeaves.REASON)
    public static boolean has(int leaf, int register, int bit) {
        return (read(leaf, 0, register) & bit) != 0;
    }

    /** Highest physical address bits: leaf 0x8000_0008, EAX 7:0; 36 where the CPU does not say. */
    @Uninterruptible(reason = CpuLeaves.REASON)
    public static int physicalAddressBits() {
        int bits = read(0x8000_0008, 0, EAX) & 0xff;
        return bits == 0 ? 36 : bits;
    }

    private static final class Instruction implements CpuLeaves.Source {
        @Override
        @Uninterruptible(reason = CpuLeaves.REASON)
        public int read(int leaf, int subleaf, int register) {
            Pointer out = StackValue.get(CpuLeaves.REGISTERS * Integer.BYTES);
            Cpu.cpuid(leaf, subleaf, out);
            return out.readInt(register);
        }

        @Override
        @Uninterruptible(reason = CpuLeaves.REASON)
        public void read(int leaf, int[] to, int at) {
            Pointer out = StackValue.get(CpuLeaves.REGISTERS * Integer.BYTES);
            Cpu.cpuid(leaf, 0, out);
            for (int i = 0; i < CpuLeaves.REGISTERS; i++) {
                to[at + i] = out.readInt(i * Integer.BYTES);
            }
        }
    }
}
