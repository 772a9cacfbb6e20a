package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.kernel.cpu.Processors;

/** What {@link Runtime} asks of the machine; the Java runtime answers the rest. */
@TargetClass(Runtime.class)
final class Target_java_lang_Runtime {
    @Substitute
    public int availableProcessors() {
        return Processors.online();
    }
}
