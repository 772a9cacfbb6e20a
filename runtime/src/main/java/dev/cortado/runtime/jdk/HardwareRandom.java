package dev.cortado.runtime.jdk;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.runtime.random.RandomPool;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * The machine's unpredictable numbers: RDRAND (Intel SDM vol. 1, 7.3.17) where the CPU has it, and
 * in any case the time stamp counter, whose lowest bits depend on caches, interrupts and what else
 * the host does.
 */
final class HardwareRandom implements RandomPool.Source {
    static final RandomPool POOL = new RandomPool(new HardwareRandom());

    /** RDRAND may be empty for a moment; if it is so ten times in a row, it is broken (ibid.). */
    private static final int ATTEMPTS = 10;

    private static final int NUMBERS_WITH_RDRAND = 8;

    /** Half a bit of jitter each. */
    private static final int NUMBERS_WITHOUT = 512;

    private static final int FEATURES_LEAF = 1;

    /** Big enough to reach beyond the first cache. */
    private final byte[] memory = new byte[64 * 1024];

    private int position;
    private boolean known;
    private boolean instruction;

    private HardwareRandom() {}

    @Override
    public int numbersPerSeed() {
        return hasInstruction() ? NUMBERS_WITH_RDRAND : NUMBERS_WITHOUT;
    }

    @Override
    public long next() {
        long number = hasInstruction() ? readInstruction() : 0;
        for (int i = 0; i < 16; i++) {
            position = position * 31 + 7919 + memory[position] & memory.length - 1;
            memory[position]++;
        }
        return number ^ Long.rotateLeft(Cpu.readTimeStampCounter(), 32);
    }

    /** Asked once: CPUID is slow under some hypervisors. */
    private boolean hasInstruction() {
        if (!known) {
            instruction = CpuId.has(FEATURES_LEAF, CpuId.ECX, CpuId.RDRAND);
            known = true;
        }
        return instruction;
    }

    @Uninterruptible(reason = "The result is on the stack.")
    private static long readInstruction() {
        Pointer number = StackValue.get(Long.BYTES);
        number.writeLong(0, 0);
        for (int i = 0; i < ATTEMPTS; i++) {
            if (Cpu.readRandom(number) != 0) {
                return number.readLong(0);
            }
        }
        return 0;
    }

    /** So many random bytes. */
    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        POOL.next(bytes);
        return bytes;
    }
}
