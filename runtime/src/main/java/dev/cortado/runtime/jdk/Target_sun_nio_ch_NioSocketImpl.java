package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sockets' streams, without a buffer outside the heap: see {@link HeapTransfers}. */
@TargetClass(className = "sun.nio.ch.NioSocketImpl")
@SuppressWarnings({"unused", "static-method"})
final class Target_sun_nio_ch_NioSocketImpl {
    @Substitute
    private int tryRead(FileDescriptor file, byte[] bytes, int offset, int length)
            throws IOException {
        return SocketTransfers.read(file, ByteBuffer.wrap(bytes, offset, length));
    }

    @Substitute
    private int tryWrite(FileDescriptor file, byte[] bytes, int offset, int length)
            throws IOException {
        return ChannelCalls.write(file, ByteBuffer.wrap(bytes, offset, length));
    }
}
