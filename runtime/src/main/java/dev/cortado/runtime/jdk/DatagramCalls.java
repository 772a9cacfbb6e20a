package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.socket.SocketEndpoint;
import dev.cortado.runtime.socket.UdpSocketFile;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What channels of datagrams do. Counts are those of {@link ChannelCalls}. */
final class DatagramCalls {
    /** Longer than any datagram, and no more is asked for at once. */
    private static final int MOST_BYTES = 1 << 16;

    private DatagramCalls() {}

    /** Of a connected socket. An empty datagram is told as the end, as the JDK does. */
    static int read(FileDescriptor descriptor, long address, int length) throws IOException {
        int room = Math.min(length, MOST_BYTES);
        return (int)
                transfer(
                        descriptor,
                        file -> endIfEmpty(MemoryTransfers.read(file::read, address, room)));
    }

    /** As above; the buffer's limit may become less. */
    static int read(FileDescriptor descriptor, ByteBuffer to) throws IOException {
        ByteBuffer room = atMost(to);
        return (int) transfer(descriptor, file -> endIfEmpty(file.read(room)));
    }

    static int write(FileDescriptor descriptor, long address, int length) throws IOException {
        return write(descriptor, MemoryTransfers.source(address, Math.min(length, MOST_BYTES)));
    }

    /** As above; the buffer's limit may become less. */
    static int write(FileDescriptor descriptor, ByteBuffer from) throws IOException {
        ByteBuffer datagram = atMost(from);
        return (int) transfer(descriptor, file -> file.write(datagram));
    }

    private static ByteBuffer atMost(ByteBuffer buffer) {
        return buffer.limit(buffer.position() + Math.min(buffer.remaining(), MOST_BYTES));
    }

    /** Spreads one datagram over several buffers. */
    static long readVectors(FileDescriptor descriptor, long vectors, int count) throws IOException {
        int length = (int) Math.min(Vectors.totalLength(vectors, count), MOST_BYTES);
        return transfer(
                descriptor,
                file -> {
                    ByteBuffer all = ByteBuffer.allocate(length);
                    int done = file.read(all);
                    Vectors.scatter(all.flip(), vectors, count);
                    return endIfEmpty(done);
                });
    }

    /** Makes one datagram of several buffers. */
    static long writeVectors(FileDescriptor descriptor, long vectors, int count)
            throws IOException {
        long length = Vectors.totalLength(vectors, count);
        return transfer(
                descriptor,
                file -> {
                    if (length > MOST_BYTES) {
                        throw new FileException(Errno.EMSGSIZE);
                    }
                    return file.write(Vectors.gather(vectors, count, (int) length));
                });
    }

    private static int endIfEmpty(int count) {
        return count == 0 ? OpenFile.END : count;
    }

    private static long transfer(FileDescriptor descriptor, ChannelCalls.Transfer transfer)
            throws IOException {
        return ChannelCalls.transfer(
                OpenFiles.number(descriptor), transfer, SocketErrors::ofDatagram);
    }

    /**
     * @param source address of a structure of {@link SocketAddressLayout#IPV6_BYTES} that is told
     *     from whom it is
     * @param isConnected who is not does not want to know that nobody takes what he has sent
     * @return bytes, which may be none
     */
    static int receive(
            FileDescriptor descriptor, long address, int length, long source, boolean isConnected)
            throws IOException {
        int room = Math.min(length, MOST_BYTES);
        ByteBuffer from = NativeBytes.at(source, SocketAddressLayout.IPV6_BYTES);
        return packet(
                descriptor,
                socket -> {
                    while (true) {
                        try {
                            return MemoryTransfers.read(
                                    to ->
                                            socket.receive(
                                                    to,
                                                    (high, low, port, scope) ->
                                                            SocketAddressLayout.write(
                                                                    from, high, low, port, scope)),
                                    address,
                                    room);
                        } catch (FileException e) {
                            if (isConnected || e.errno() != Errno.ECONNREFUSED) {
                                throw e;
                            }
                        }
                    }
                });
    }

    /**
     * @param target address of a structure of that many bytes: to whom
     */
    static int send(
            FileDescriptor descriptor, long address, int length, long target, int targetBytes)
            throws IOException {
        ByteBuffer from = MemoryTransfers.source(address, Math.min(length, MOST_BYTES));
        ByteBuffer to = NativeBytes.at(target, targetBytes);
        return packet(
                descriptor,
                socket -> {
                    SocketEndpoint remote = SocketAddressLayout.read(to);
                    SocketCalls.awaitConfigured(remote.address());
                    return socket.send(from, remote);
                });
    }

    static void disconnect(FileDescriptor descriptor) throws IOException {
        packet(
                descriptor,
                socket -> {
                    socket.disconnect();
                    return 0;
                });
    }

    /** A call of a socket of datagrams. */
    @FunctionalInterface
    private interface Call {
        int run(UdpSocketFile socket) throws FileException;
    }

    private static int packet(FileDescriptor descriptor, Call call) throws IOException {
        return (int)
                ChannelCalls.transfer(
                        OpenFiles.number(descriptor),
                        file -> {
                            if (SocketCalls.socket(file) instanceof UdpSocketFile socket) {
                                return call.run(socket);
                            }
                            throw new FileException(Errno.EOPNOTSUPP);
                        },
                        SocketErrors::ofPacket);
    }

    /** Lets the second one be what the first one is. */
    static void duplicate(FileDescriptor from, FileDescriptor to) throws IOException {
        try {
            GuestFiles.get().table().duplicate(OpenFiles.number(from), OpenFiles.number(to));
        } catch (FileException e) {
            throw FileErrors.inputOutput(e);
        }
    }
}
