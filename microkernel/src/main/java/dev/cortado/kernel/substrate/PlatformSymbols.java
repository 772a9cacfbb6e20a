package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.nativeimage.c.function.CEntryPoint.Publish;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** Functions that the Java runtime looks for in a C library of its own, by symbol. */
final class PlatformSymbols {
    private static final String REASON = "No Java thread yet.";

    private PlatformSymbols() {}

    /** The image asks for no instruction that some x86-64 CPU lacks, so that 0, "yes", is right. */
    @CEntryPoint(name = "checkCPUFeatures", publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static int checkCpuFeatures(@SuppressWarnings("unused") CCharPointer mask) {
        return 0;
    }

    @CEntryPoint(name = "checkCPUFeaturesOrExit", publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    @SuppressWarnings("unused")
    static int checkCpuFeaturesOrExit(CCharPointer mask, CCharPointer message) {
        return 0;
    }

    /** The machine's time zone: UTC. The caller frees the string. */
    @CEntryPoint(name = "SVM_FindJavaTZmd", publishAs = Publish.SymbolOnly)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    @SuppressWarnings("unused")
    static CCharPointer findTimeZone(CCharPointer mappings, int length) {
        Pointer zone = WordFactory.pointer(Memory.allocate(4));
        if (zone.isNonNull()) {
            zone.writeByte(0, (byte) 'U');
            zone.writeByte(1, (byte) 'T');
            zone.writeByte(2, (byte) 'C');
            zone.writeByte(3, (byte) 0);
        }
        return (CCharPointer) zone;
    }
}
