package dev.cortado.kernel.hyperv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** The CPU as the hypervisor shows it; a test's is another one. */
interface HypervMachine {
    String REASON = "Time is asked for everywhere, by the scheduler too.";

    /** Whether there is a hypervisor at all. */
    @Uninterruptible(reason = REASON)
    boolean isVirtual();

    /** One register of a leaf of CPUID, as {@link CpuId#EAX} and its like name it. */
    @Uninterruptible(reason = REASON)
    int cpuid(int leaf, int register);

    @Uninterruptible(reason = REASON)
    long readMsr(int index);

    @Uninterruptible(reason = REASON)
    void writeMsr(int index, long value);

    /** The real one. */
    final class Real implements HypervMachine {
        @Override
        @Uninterruptible(reason = REASON)
        public boolean isVirtual() {
            return CpuId.has(1, CpuId.ECX, CpuId.HYPERVISOR);
        }

        @Override
        @Uninterruptible(reason = REASON)
        public int cpuid(int leaf, int register) {
            Pointer out = StackValue.get(4 * Integer.BYTES);
            Cpu.cpuid(leaf, 0, out);
            return out.readInt(register);
        }

        @Override
        @Uninterruptible(reason = REASON)
        public long readMsr(int index) {
            return Cpu.readMsr(index);
        }

        @Override
        @Uninterruptible(reason = REASON)
        public void writeMsr(int index, long value) {
            Cpu.writeMsr(index, value);
        }
    }
}
