package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.genscavenge.HeapParameters;
import com.oracle.svm.core.genscavenge.ObjectHeaderImpl;
import com.oracle.svm.core.genscavenge.ThreadLocalAllocation.Descriptor;
import com.oracle.svm.core.genscavenge.graal.nodes.FormatArrayNode;
import com.oracle.svm.core.genscavenge.graal.nodes.FormatObjectNode;
import com.oracle.svm.core.hub.DynamicHub;
import com.oracle.svm.core.hub.LayoutEncoding;
import jdk.graal.compiler.replacements.AllocationSnippets.FillContent;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/** Objects that have their place in what their thread has to allocate from. */
final class NewObjects {
    private static final String REASON = "Holds uninitialized memory.";

    private NewObjects() {}

    /** Null if there is no place. */
    @Uninterruptible(reason = REASON)
    static Object instance(Word objectHeader) {
        DynamicHub hub = hub(objectHeader);
        UnsignedWord size = LayoutEncoding.getPureInstanceAllocationSize(hub.getLayoutEncoding());
        Pointer memory = memory(size);
        return memory.isNull()
                ? null
                : FormatObjectNode.formatObject(
                        memory, DynamicHub.toClass(hub), false, FillContent.WITH_ZEROES, true);
    }

    /** Null if there is no place, or no array of that length. */
    @Uninterruptible(reason = REASON)
    static Object array(Word objectHeader, int length) {
        if (length < 0) {
            return null;
        }
        DynamicHub hub = hub(objectHeader);
        UnsignedWord size = LayoutEncoding.getArrayAllocationSize(hub.getLayoutEncoding(), length);
        if (size.aboveOrEqual(HeapParameters.getLargeArrayThreshold())) {
            return null;
        }
        Pointer memory = memory(size);
        return memory.isNull()
                ? null
                : FormatArrayNode.formatArray(
                        memory,
                        DynamicHub.toClass(hub),
                        length,
                        false,
                        false,
                        FillContent.WITH_ZEROES,
                        true);
    }

    @Uninterruptible(reason = REASON)
    private static Pointer memory(UnsignedWord size) {
        Descriptor threads = Target_com_oracle_svm_core_genscavenge_ThreadLocalAllocation.getTlab();
        return Target_com_oracle_svm_core_genscavenge_ThreadLocalAllocation.fitsInTlab(
                        threads, size)
                ? Target_com_oracle_svm_core_genscavenge_ThreadLocalAllocation
                        .allocateRawMemoryInTlab(size, threads)
                : WordFactory.nullPointer();
    }

    @Uninterruptible(reason = REASON)
    private static DynamicHub hub(Word objectHeader) {
        return ObjectHeaderImpl.getObjectHeaderImpl().dynamicHubFromObjectHeader(objectHeader);
    }
}
