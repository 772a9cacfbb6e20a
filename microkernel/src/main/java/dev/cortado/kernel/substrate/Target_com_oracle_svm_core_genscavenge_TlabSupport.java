package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/** What a thread allocates from without others. */
@TargetClass(className = "com.oracle.svm.core.genscavenge.TlabSupport")
final class Target_com_oracle_svm_core_genscavenge_TlabSupport {
    private Target_com_oracle_svm_core_genscavenge_TlabSupport() {}

    @Alias
    static native Pointer allocateRawMemoryInTlabSlow(UnsignedWord size);
}
