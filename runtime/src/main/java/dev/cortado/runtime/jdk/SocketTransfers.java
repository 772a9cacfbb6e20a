package dev.cortado.runtime.jdk;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reading from streams, where a connection that was reset is told apart from other failures. */
final class SocketTransfers {
    private SocketTransfers() {}

    static int read(FileDescriptor descriptor, long address, int length) throws IOException {
        return (int)
                transfer(descriptor, file -> MemoryTransfers.read(file::read, address, length));
    }

    static int read(FileDescriptor descriptor, ByteBuffer to) throws IOException {
        return (int) transfer(descriptor, file -> file.read(to));
    }

    /** A connection tells once that it was reset: not while there are bytes to be told of. */
    static long readVectors(FileDescriptor descriptor, long vectors, int count) throws IOException {
        return transfer(descriptor, file -> Vectors.readAtOnce(file, vectors, count));
    }

    private static long transfer(FileDescriptor descriptor, ChannelCalls.Transfer transfer)
            throws IOException {
        return ChannelCalls.transfer(OpenFiles.number(descriptor), transfer, SocketErrors::ofRead);
    }
}
