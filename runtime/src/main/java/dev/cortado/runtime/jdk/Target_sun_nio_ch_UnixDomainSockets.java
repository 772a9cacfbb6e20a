package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;

/** Sockets that have names in the file system. */
@TargetClass(className = "sun.nio.ch.UnixDomainSockets")
final class Target_sun_nio_ch_UnixDomainSockets {
    private Target_sun_nio_ch_UnixDomainSockets() {}

    /** Whether there are any. */
    @Substitute
    private static boolean init() {
        return true;
    }

    @Substitute
    private static int socket0() throws IOException {
        return UnixSocketCalls.open();
    }

    @Substitute
    private static void bind0(FileDescriptor file, byte[] path) throws IOException {
        UnixSocketCalls.bind(file, path);
    }

    @Substitute
    private static int connect0(FileDescriptor file, byte[] path) throws IOException {
        return UnixSocketCalls.connect(file, path);
    }

    @Substitute
    private static int accept0(FileDescriptor file, FileDescriptor accepted, Object[] path)
            throws IOException {
        return UnixSocketCalls.accept(file, accepted, path);
    }

    @Substitute
    private static byte[] localAddress0(FileDescriptor file) throws IOException {
        return UnixSocketCalls.localPath(file);
    }
}
