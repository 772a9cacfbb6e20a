package dev.cortado.runtime.random;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.generation.MachineGeneration;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import java.util.OptionalLong;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * The machine's unpredictable numbers: RDSEED and RDRAND (Intel SDM vol. 1, 7.3.17) where the CPU
 * has them, in any case how the time stamp counter jitters, at which moments interrupts come, and
 * random bytes of the host.
 */
public final class HardwareRandom {
    /** Enough to seed any generator of the JDK's. */
    public static final int ENTROPY_BYTES = 32;

    /** What the machine's host gives, where it has a device for that. */
    public static final HostSource HOST = HostSource.ofMachine();

    /**
     * RDSEED gives full entropy. A number of RDRAND's is counted as a quarter, since up to 511 of
     * them may come from one seed of 256 bits (SDM vol. 1, 7.3.17.1).
     */
    public static final RandomPool POOL =
            new RandomPool(
                    new MachineClocks(),
                    MachineGeneration::id,
                    HOST,
                    new InterruptSource(new InterruptSource.OfMachine()),
                    new InstructionSource(HardwareRandom::seed, 64),
                    new InstructionSource(HardwareRandom::random, 16),
                    new JitterSource(Cpu::readTimeStampCounter));

    private static final int FEATURES_LEAF = 1;
    private static final int EXTENDED_FEATURES_LEAF = 7;

    /** Of CPUID, which is slow under some hypervisors. */
    private static boolean known;

    private static boolean hasSeed;
    private static boolean hasRandom;

    private HardwareRandom() {}

    private record MachineClocks() implements Clocks {
        @Override
        public long wallMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public long runningNanos() {
            return System.nanoTime();
        }
    }

    private static void askCpu() {
        if (!known) {
            hasSeed = CpuId.has(EXTENDED_FEATURES_LEAF, CpuId.EBX, CpuId.RDSEED);
            hasRandom = CpuId.has(FEATURES_LEAF, CpuId.ECX, CpuId.RDRAND);
            known = true;
        }
    }

    @Uninterruptible(reason = "The result is on the stack.", calleeMustBe = false)
    private static OptionalLong seed() {
        askCpu();
        Pointer number = StackValue.get(Long.BYTES);
        boolean given = hasSeed && Cpu.readSeed(number) != 0;
        return given ? OptionalLong.of(number.readLong(0)) : OptionalLong.empty();
    }

    @Uninterruptible(reason = "The result is on the stack.", calleeMustBe = false)
    private static OptionalLong random() {
        askCpu();
        Pointer number = StackValue.get(Long.BYTES);
        boolean given = hasRandom && Cpu.readRandom(number) != 0;
        return given ? OptionalLong.of(number.readLong(0)) : OptionalLong.empty();
    }

    /** So many random bytes. */
    public static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        POOL.next(bytes);
        return bytes;
    }
}
