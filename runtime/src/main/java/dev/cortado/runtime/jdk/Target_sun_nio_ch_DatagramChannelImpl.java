package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;

/** Receives and sends datagrams. */
@TargetClass(className = "sun.nio.ch.DatagramChannelImpl")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_DatagramChannelImpl {
    @Substitute
    private static void disconnect0(FileDescriptor file, boolean isIPv6) throws IOException {
        DatagramCalls.disconnect(file);
    }

    @Substitute
    private static int receive0(
            FileDescriptor file, long address, int length, long sender, boolean connected)
            throws IOException {
        return DatagramCalls.receive(file, address, length, sender, connected);
    }

    @Substitute
    private static int send0(
            FileDescriptor file, long address, int length, long target, int targetLength)
            throws IOException {
        return DatagramCalls.send(file, address, length, target, targetLength);
    }
}
