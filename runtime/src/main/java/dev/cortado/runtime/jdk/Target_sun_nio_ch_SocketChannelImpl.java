package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The streams of channels' sockets, without a buffer outside the heap: see {@link HeapTransfers}.
 */
@TargetClass(className = "sun.nio.ch.SocketChannelImpl")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_SocketChannelImpl {
    @Alias private FileDescriptor fd;

    @Substitute
    private int tryRead(byte[] bytes, int offset, int length) throws IOException {
        return SocketTransfers.read(fd, ByteBuffer.wrap(bytes, offset, length));
    }

    @Substitute
    private int tryWrite(byte[] bytes, int offset, int length) throws IOException {
        return ChannelCalls.write(fd, ByteBuffer.wrap(bytes, offset, length));
    }
}
