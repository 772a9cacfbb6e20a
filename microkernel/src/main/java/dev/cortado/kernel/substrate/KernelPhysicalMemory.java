package dev.cortado.kernel.substrate;

import com.oracle.svm.core.heap.PhysicalMemory.PhysicalMemorySupport;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/** How much memory the heap may plan with: what was free at boot, the image not counted. */
final class KernelPhysicalMemory implements PhysicalMemorySupport {
    @Override
    public UnsignedWord size() {
        return WordFactory.unsigned(Memory.totalBytes());
    }

    @Override
    public long usedSize() {
        return Memory.totalBytes() - Memory.freeBytes();
    }
}
