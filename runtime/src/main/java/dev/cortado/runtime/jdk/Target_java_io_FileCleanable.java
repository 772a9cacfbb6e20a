package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Closes what a program has lost without closing it. */
@TargetClass(className = "java.io.FileCleanable")
final class Target_java_io_FileCleanable {
    private Target_java_io_FileCleanable() {}

    @Substitute
    private static void cleanupClose0(int descriptor, @SuppressWarnings("unused") long handle) {
        OpenFiles.close(descriptor);
    }
}
