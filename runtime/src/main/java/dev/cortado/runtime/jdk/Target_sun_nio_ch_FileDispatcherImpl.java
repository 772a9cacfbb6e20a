package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;

/** The natives of file channels that only Linux has: copying from one open file to another. */
@TargetClass(className = "sun.nio.ch.FileDispatcherImpl")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_FileDispatcherImpl {
    @Substitute
    static void init0() {}

    /** To where the other file's position is. */
    @Substitute
    static long transferTo0(
            FileDescriptor from, long position, long count, FileDescriptor to, boolean append)
            throws IOException {
        return FileCopy.transfer(from, position, to, FileCopy.AT_POSITION, count);
    }

    /** From where the other file's position is. */
    @Substitute
    static long transferFrom0(
            FileDescriptor from, FileDescriptor to, long position, long count, boolean append)
            throws IOException {
        return FileCopy.transfer(from, FileCopy.AT_POSITION, to, position, count);
    }
}
