package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;

/** Reads from and writes to connected sockets of datagrams. */
@TargetClass(className = "sun.nio.ch.DatagramDispatcher")
final class Target_sun_nio_ch_DatagramDispatcher {
    @Substitute
    private static int read0(FileDescriptor file, long address, int length) throws IOException {
        return DatagramCalls.read(file, address, length);
    }

    @Substitute
    private static long readv0(FileDescriptor file, long vectors, int count) throws IOException {
        return DatagramCalls.readVectors(file, vectors, count);
    }

    @Substitute
    private static int write0(FileDescriptor file, long address, int length) throws IOException {
        return DatagramCalls.write(file, address, length);
    }

    @Substitute
    private static long writev0(FileDescriptor file, long vectors, int count) throws IOException {
        return DatagramCalls.writeVectors(file, vectors, count);
    }

    @Substitute
    private static void dup0(FileDescriptor from, FileDescriptor to) throws IOException {
        DatagramCalls.duplicate(from, to);
    }
}
