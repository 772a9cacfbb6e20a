package dev.cortado.runtime.jdk.foreign;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.file.Path;
import jdk.internal.loader.NativeLibrary;
import jdk.internal.loader.RawNativeLibraries;

/** Libraries that {@code SymbolLookup.libraryLookup} opens: none is found. */
@TargetClass(value = RawNativeLibraries.class, onlyWith = ForeignApi.class)
@SuppressWarnings("unused")
final class Target_jdk_internal_loader_RawNativeLibraries {
    @Substitute
    public NativeLibrary load(Path path) {
        return null;
    }

    @Substitute
    public NativeLibrary load(String path) {
        return null;
    }
}
