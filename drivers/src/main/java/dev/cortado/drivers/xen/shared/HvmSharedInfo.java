package dev.cortado.drivers.xen.shared;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * A PVH or HVM domain chooses where in its physical memory the page is. It has room for the first
 * virtual CPUs; the others have their vcpu_info in memory of the domain's.
 */
public final class HvmSharedInfo implements SharedInfo.Source {
    /**
     * VCPUOP_register_vcpu_info (public/vcpu.h). struct vcpu_register_vcpu_info: u64 mfn, u32
     * offset, u32.
     */
    private static final int REGISTER_VCPU_INFO = 10;

    private final long[] others = new long[VirtualCpus.CAPACITY - SharedInfo.VCPUS];
    private long physical;

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long map() {
        if (physical == 0) {
            physical = HvmPages.allocate(1);
        }
        if (HvmPages.map(HvmPages.SPACE_SHARED_INFO, 0, physical) != 0) {
            return 0;
        }
        return DirectMap.toVirtual(physical);
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean startProcessor(int number) {
        if (number < SharedInfo.VCPUS) {
            return true;
        }
        int other = number - SharedInfo.VCPUS;
        if (others[other] == 0) {
            // Aligned to its size, it lies in one page, as Xen wants it to.
            long block = Memory.allocateZeroed(2L * SharedInfo.VCPU_INFO_BYTES).rawValue();
            others[other] = block == 0 ? 0 : Frames.roundUp(block, SharedInfo.VCPU_INFO_BYTES);
        }
        return others[other] != 0 && register(number, DirectMap.toPhysical(others[other]));
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private static boolean register(int number, long address) {
        Pointer where = StackValue.get(16);
        where.writeLong(0, address >>> Frames.SHIFT);
        where.writeLong(8, address & Frames.SIZE - 1);
        return Hypercall.call(Hypercall.VCPU, REGISTER_VCPU_INFO, number, where.rawValue(), 0, 0)
                == 0;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long virtualCpu(long page, int number) {
        return number < SharedInfo.VCPUS
                ? page + (long) number * SharedInfo.VCPU_INFO_BYTES
                : others[number - SharedInfo.VCPUS];
    }
}
