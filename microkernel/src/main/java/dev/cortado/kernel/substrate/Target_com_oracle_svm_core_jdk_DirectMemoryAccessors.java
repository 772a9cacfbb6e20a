package dev.cortado.kernel.substrate;

import com.oracle.svm.core.SubstrateOptions;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.kernel.memory.FramePool;
import jdk.internal.access.SharedSecrets;

/**
 * How much memory direct buffers may have. It and the Java heap come out of the same frames, so
 * that what they have together is never more than the machine: what is reserved now, and what the
 * heap has not taken and does not need to be collected. {@code -XX:MaxDirectMemorySize} can only
 * say less. At the limit, {@code java.nio.Bits} collects garbage and tries again.
 */
@TargetClass(className = "com.oracle.svm.core.jdk.DirectMemoryAccessors")
final class Target_com_oracle_svm_core_jdk_DirectMemoryAccessors {
    private Target_com_oracle_svm_core_jdk_DirectMemoryAccessors() {}

    @Substitute
    static long getDirectMemory() {
        long reserved = SharedSecrets.getJavaNioAccess().getDirectBufferPool().getTotalCapacity();
        long limit = reserved + FramePool.directBytes();
        long option = SubstrateOptions.MaxDirectMemorySize.getValue();
        return option > 0 && option < limit ? option : limit;
    }
}
