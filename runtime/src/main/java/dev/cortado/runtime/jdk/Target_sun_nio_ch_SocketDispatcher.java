package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;

/** The natives of pipes, whose channels take them for sockets. */
@TargetClass(className = "sun.nio.ch.SocketDispatcher")
final class Target_sun_nio_ch_SocketDispatcher {
    @Substitute
    private static int read0(FileDescriptor file, long address, int length) throws IOException {
        return SocketTransfers.read(file, address, length);
    }

    @Substitute
    private static long readv0(FileDescriptor file, long vectors, int count) throws IOException {
        return SocketTransfers.readVectors(file, vectors, count);
    }

    @Substitute
    private static int write0(FileDescriptor file, long address, int length) throws IOException {
        return ChannelCalls.write(file, address, length);
    }

    @Substitute
    private static long writev0(FileDescriptor file, long vectors, int count) throws IOException {
        return ChannelCalls.writeVectors(file, vectors, count);
    }
}
