package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.Link;
import dev.cortado.runtime.network.GuestNetwork;
import dev.cortado.runtime.socket.SocketOption;
import dev.cortado.runtime.socket.UdpSocketFile;
import java.io.FileDescriptor;
import java.io.IOException;

/** Groups of datagram sockets. IPv4's natives name an interface by its address, IPv6's by index. */
final class Multicasts {
    private Multicasts() {}

    /** A change of what a socket receives. */
    @FunctionalInterface
    interface Change {
        void run(UdpSocketFile socket, IpAddress group, int index, IpAddress source)
                throws FileException;
    }

    static Change membership(boolean joins) {
        return joins ? UdpSocketFile::join : UdpSocketFile::leave;
    }

    static Change filter(boolean blocks) {
        return blocks ? UdpSocketFile::block : UdpSocketFile::unblock;
    }

    /**
     * @param address of the interface, 0 for any
     * @param source 0 for any
     * @return {@link OpenFile#UNAVAILABLE} if that is not possible, else 0
     */
    static int change(FileDescriptor descriptor, Change change, int group, int address, int source)
            throws IOException {
        IpAddress from = source == 0 ? null : IpAddress.ofIpv4(source);
        return change(
                descriptor,
                socket -> change.run(socket, IpAddress.ofIpv4(group), index(address), from));
    }

    /**
     * @param group 16 bytes
     * @param index of the interface, 0 for any
     * @param source 16 bytes, or null for any
     */
    static int change(
            FileDescriptor descriptor, Change change, byte[] group, int index, byte[] source)
            throws IOException {
        IpAddress from = source == null ? null : NetAddresses.address(source);
        return change(
                descriptor, socket -> change.run(socket, NetAddresses.address(group), index, from));
    }

    /** What of {@link Change} is left when its addresses are known. */
    @FunctionalInterface
    private interface SocketChange {
        void run(UdpSocketFile socket) throws FileException;
    }

    private static int change(FileDescriptor descriptor, SocketChange change) throws IOException {
        return (int)
                SocketCalls.run(
                        descriptor,
                        socket -> {
                            if (!(socket instanceof UdpSocketFile datagrams)) {
                                throw new FileException(Errno.ENOPROTOOPT);
                            }
                            try {
                                change.run(datagrams);
                                return 0;
                            } catch (FileException e) {
                                if (isImpossible(e.errno())) {
                                    return OpenFile.UNAVAILABLE;
                                }
                                throw e;
                            }
                        });
    }

    private static boolean isImpossible(Errno errno) {
        return errno == Errno.ENOPROTOOPT || errno == Errno.EOPNOTSUPP;
    }

    /** The index of the interface that has an IPv4 address; 0 for address 0. */
    private static int index(int address) throws FileException {
        if (address == Ipv4.UNSPECIFIED) {
            return 0;
        }
        IpAddress own = IpAddress.ofIpv4(address);
        for (Link link : links()) {
            if (link.address(own.high(), own.low()) != null) {
                return link.index();
            }
        }
        throw new FileException(Errno.ENODEV);
    }

    static void setInterface4(FileDescriptor descriptor, int address) throws IOException {
        SocketCalls.run(
                descriptor,
                socket -> {
                    socket.setOption(SocketOption.MULTICAST_INTERFACE, index(address));
                    return 0;
                });
    }

    /** The IPv4 address of the interface, 0 if it has none or is any. */
    static int getInterface4(FileDescriptor descriptor) throws IOException {
        int index = getInterface(descriptor);
        for (Link link : links()) {
            if (link.index() == index) {
                for (InterfaceAddress each : link.addresses()) {
                    if (each.isIpv4()) {
                        return each.ipv4();
                    }
                }
            }
        }
        return Ipv4.UNSPECIFIED;
    }

    static void setInterface(FileDescriptor descriptor, int index) throws IOException {
        SocketCalls.run(
                descriptor,
                socket -> {
                    socket.setOption(SocketOption.MULTICAST_INTERFACE, index);
                    return 0;
                });
    }

    static int getInterface(FileDescriptor descriptor) throws IOException {
        return (int)
                SocketCalls.run(
                        descriptor, socket -> socket.option(SocketOption.MULTICAST_INTERFACE));
    }

    private static Link[] links() {
        return GuestNetwork.get().stack().ip().links().all();
    }
}
