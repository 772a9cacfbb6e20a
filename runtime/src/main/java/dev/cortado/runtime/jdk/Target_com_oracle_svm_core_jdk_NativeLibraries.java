package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.jdk.NativeLibraries;
import java.io.File;

/** What is behind {@link System#loadLibrary} and {@link System#load}. */
@TargetClass(NativeLibraries.class)
final class Target_com_oracle_svm_core_jdk_NativeLibraries {
    @Substitute
    public void loadLibraryRelative(String name) {
        if (!JdkLibraries.contains(name)) {
            throw new UnsatisfiedLinkError(
                    "no " + name + " in java.library.path: a guest has no native libraries");
        }
    }

    @Substitute
    public void loadLibraryAbsolute(File file) {
        throw new UnsatisfiedLinkError(
                "Can't load library: " + file + ": a guest has no native libraries");
    }
}
