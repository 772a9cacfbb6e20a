package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The console stays open. */
@TargetClass(className = "java.io.FileCleanable")
@SuppressWarnings("unused")
final class Target_java_io_FileCleanable {
    private Target_java_io_FileCleanable() {}

    @Substitute
    private static void cleanupClose0(int descriptor, long handle) {}
}
