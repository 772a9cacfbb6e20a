package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.memory.NullableNativeMemory;
import com.oracle.svm.core.nmt.NmtCategory;
import jdk.internal.misc.Unsafe;
import org.graalvm.word.PointerBase;
import org.graalvm.word.WordFactory;

/**
 * Native memory, of direct buffers above all. What {@code java.nio.Bits} has found to be left may
 * be the heap's before it is taken, or have been promised to several threads at once: then garbage
 * makes room, as it does at the limit.
 */
@TargetClass(Unsafe.class)
final class Target_jdk_internal_misc_Unsafe {
    private Target_jdk_internal_misc_Unsafe() {}

    @Alias
    private native long alignToHeapWordSize(long bytes);

    @Alias
    private native void allocateMemoryChecks(long bytes);

    @Substitute
    public long allocateMemory(long bytes) {
        long size = alignToHeapWordSize(bytes);
        allocateMemoryChecks(size);
        if (size == 0) {
            return 0;
        }
        PointerBase memory =
                NullableNativeMemory.malloc(WordFactory.unsigned(size), NmtCategory.Unsafe);
        if (memory.isNull()) {
            memory = Garbage.allocate(size);
        }
        if (memory.isNull()) {
            throw new OutOfMemoryError("Unable to allocate " + size + " bytes");
        }
        return memory.rawValue();
    }
}
