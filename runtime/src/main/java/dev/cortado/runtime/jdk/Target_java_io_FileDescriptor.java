package dev.cortado.runtime.jdk;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.SyncFailedException;

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

    /** Of the console; who opens a file knows how. */
    @Substitute
    private static boolean getAppend(@SuppressWarnings("unused") int descriptor) {
        return false;
    }

    @Substitute
    private void sync0() throws SyncFailedException {
        OpenFiles.sync(SubstrateUtil.cast(this, FileDescriptor.class));
    }

    @Substitute
    private void close0() {
        OpenFiles.close(SubstrateUtil.cast(this, FileDescriptor.class));
    }
}
