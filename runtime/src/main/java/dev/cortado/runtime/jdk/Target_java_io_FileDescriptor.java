package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;

/** The natives of {@link FileDescriptor}. */
@TargetClass(FileDescriptor.class)
final class Target_java_io_FileDescriptor {
    @Substitute
    private static void initIDs() {}

    /** A handle is Windows' second way to name an open file; here there is none. */
    @Substitute
    private static long getHandle(@SuppressWarnings("unused") int descriptor) {
        return -1;
    }

    @Substitute
    private static boolean getAppend(@SuppressWarnings("unused") int descriptor) {
        return false;
    }

    /** The console shows each byte at once: nothing waits to be written. */
    @Substitute
    private void sync0() {}

    @Substitute
    private void close0() {}
}
