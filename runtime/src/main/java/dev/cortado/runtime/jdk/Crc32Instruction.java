package dev.cortado.runtime.jdk;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.runtime.file.storage.Crc32c;
import jdk.graal.compiler.word.Word;
import jdk.internal.misc.Unsafe;
import org.graalvm.word.WordFactory;

/** The CRC32 instruction of SSE4.2 (Intel SDM vol. 2). */
final class Crc32Instruction implements Crc32c.Instruction {
    private static final int FEATURES_LEAF = 1;

    /** So long the collector may have to wait: less than a microsecond. */
    private static final int STEP_BYTES = 4096;

    private static final int UNKNOWN = 0;
    private static final int THERE = 1;
    private static final int MISSING = 2;

    /** CPUID is slow under some hypervisors. */
    private int found = UNKNOWN;

    @Override
    public boolean isThere() {
        if (found == UNKNOWN) {
            found = CpuId.has(FEATURES_LEAF, CpuId.ECX, CpuId.SSE4_2) ? THERE : MISSING;
        }
        return found == THERE;
    }

    @Override
    public int update(int crc, byte[] bytes, int offset, int length) {
        int register = crc;
        for (int done = 0; done < length; done += STEP_BYTES) {
            register = step(register, bytes, offset + done, Math.min(length - done, STEP_BYTES));
        }
        return register;
    }

    @Uninterruptible(reason = "The array stays where it is.")
    private static int step(int crc, byte[] bytes, int offset, int length) {
        long first = Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) offset;
        return Cpu.crc32c(
                crc, Word.objectToUntrackedPointer(bytes).add(WordFactory.unsigned(first)), length);
    }
}
