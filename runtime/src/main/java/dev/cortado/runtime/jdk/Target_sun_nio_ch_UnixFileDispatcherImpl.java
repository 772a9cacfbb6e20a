package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;

/** The natives of file channels. The files that are open are the console's. */
@TargetClass(className = "sun.nio.ch.UnixFileDispatcherImpl")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_UnixFileDispatcherImpl {
    @Substitute
    static long allocationGranularity0() {
        return FileAttributes.PAGE_BYTES;
    }

    @Substitute
    static int read0(FileDescriptor file, long address, int length) throws IOException {
        byte[] bytes = new byte[length];
        int count = OpenFiles.read(file, bytes, 0, length);
        NativeBytes.write(bytes, Math.max(count, 0), address);
        return count;
    }

    @Substitute
    static int write0(FileDescriptor file, long address, int length) throws IOException {
        OpenFiles.write(file, NativeBytes.read(address, length), 0, length);
        return length;
    }

    @Substitute
    static int force0(FileDescriptor file, boolean metadata) {
        return 0;
    }

    @Substitute
    static long seek0(FileDescriptor file, long offset) throws IOException {
        throw OpenFiles.noPosition();
    }

    @Substitute
    static long size0(FileDescriptor file) throws IOException {
        throw OpenFiles.noPosition();
    }

    @Substitute
    static int available0(FileDescriptor file) throws IOException {
        return OpenFiles.available(file);
    }

    @Substitute
    static boolean isOther0(FileDescriptor file) {
        return true;
    }

    @Substitute
    static void closeIntFD(int descriptor) {}
}
