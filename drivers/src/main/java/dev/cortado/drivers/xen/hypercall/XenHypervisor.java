package dev.cortado.drivers.xen.hypercall;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** Finds Xen and lets it write the hypercall page (public/arch-x86/cpuid.h). */
public final class XenHypervisor {
    private static final int FIRST_LEAF = 0x4000_0000;
    private static final int LEAF_STEP = 0x100;

    /** Where Xen is when it pretends to be another hypervisor as well: at most so many further. */
    private static final int LEAVES = 256;

    /** "XenVMMXenVMM", in EBX, ECX and EDX of its first leaf. */
    private static final int SIGNATURE_EBX = 0x566e_6558;

    private static final int SIGNATURE_ECX = 0x6558_4d4d;
    private static final int SIGNATURE_EDX = 0x4d4d_566e;

    /**
     * Leaf 3 of Xen's: EAX is the number of hypercall pages, EBX the register for their address.
     */
    private static final int HYPERCALL_LEAF = 2;

    /** Leaf 5 of Xen's, HVM: EAX bit 3 says that EBX is the number of this virtual CPU. */
    private static final int HVM_LEAF = 4;

    private static final int HVM_VCPU_ID_PRESENT = 1 << 3;

    /** Of XENVER_get_features, submap 0 (public/features.h). */
    public static final int FEATURE_HVM_CALLBACK_VECTOR = 1 << 8;

    private static final int XENVER_VERSION = 0;
    private static final int XENVER_GET_FEATURES = 6;

    private static int base;
    private static int features;

    private XenHypervisor() {}

    /**
     * Hypercalls work from now on.
     *
     * @return false: the machine is no domain of Xen's, or none that can make hypercalls
     */
    @Uninterruptible(reason = Hypercall.REASON)
    public static boolean initialize() {
        base = find();
        if (base == 0) {
            return false;
        }
        Pointer registers = StackValue.get(16);
        Cpu.cpuid(base + HYPERCALL_LEAF, 0, registers);
        if (registers.readInt(CpuId.EAX) < 1) {
            base = 0;
            return false;
        }
        writePage();
        features = readFeatures();
        return true;
    }

    /** Lets Xen write the hypercall page; again on another host after a migration. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static void writePage() {
        Pointer registers = StackValue.get(16);
        Cpu.cpuid(base + HYPERCALL_LEAF, 0, registers);
        Cpu.writeMsr(registers.readInt(CpuId.EBX), Hypercall.page());
    }

    /** Xen's first leaf, 0 if it is not there. */
    @Uninterruptible(reason = Hypercall.REASON)
    private static int find() {
        if (!CpuId.has(1, CpuId.ECX, CpuId.HYPERVISOR)) {
            return 0;
        }
        Pointer registers = StackValue.get(16);
        for (int i = 0; i < LEAVES; i++) {
            int leaf = FIRST_LEAF + i * LEAF_STEP;
            Cpu.cpuid(leaf, 0, registers);
            if (isXen(
                            registers.readInt(CpuId.EBX),
                            registers.readInt(CpuId.ECX),
                            registers.readInt(CpuId.EDX))
                    && registers.readInt(CpuId.EAX) - leaf >= HYPERCALL_LEAF) {
                return leaf;
            }
        }
        return 0;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean isXen(int ebx, int ecx, int edx) {
        return ebx == SIGNATURE_EBX && ecx == SIGNATURE_ECX && edx == SIGNATURE_EDX;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private static int readFeatures() {
        // struct xen_feature_info (public/version.h): u32 submap_idx, u32 submap.
        Pointer info = StackValue.get(8);
        info.writeLong(0, 0L);
        long result =
                Hypercall.call(Hypercall.VERSION, XENVER_GET_FEATURES, info.rawValue(), 0, 0, 0);
        return result == 0 ? info.readInt(4) : 0;
    }

    /** Whether this is a domain of Xen's; {@link #initialize} has found out. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static boolean isPresent() {
        return base != 0;
    }

    /** Whether Xen offers a feature to this domain. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static boolean has(int feature) {
        return (features & feature) != 0;
    }

    /** Major version times 65,536 plus minor version. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static int version() {
        return (int) Hypercall.call(Hypercall.VERSION, XENVER_VERSION, 0, 0, 0, 0);
    }

    /** Xen's number of the virtual CPU that this runs on, -1 if it does not say. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static int virtualCpu() {
        Pointer registers = StackValue.get(16);
        Cpu.cpuid(base, 0, registers);
        if (registers.readInt(CpuId.EAX) - base < HVM_LEAF) {
            return -1;
        }
        Cpu.cpuid(base + HVM_LEAF, 0, registers);
        boolean known = (registers.readInt(CpuId.EAX) & HVM_VCPU_ID_PRESENT) != 0;
        return known ? registers.readInt(CpuId.EBX) : -1;
    }
}
