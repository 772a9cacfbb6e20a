package dev.cortado.runtime.net.lab;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.wire.EthernetFrame;
import dev.cortado.runtime.net.wire.InternetChecksum;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.Ipv4Header;
import dev.cortado.runtime.net.wire.Ipv6Extension;
import dev.cortado.runtime.net.wire.Ipv6Header;
import dev.cortado.runtime.net.wire.UdpHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Frames from host 2 to host 1, which tests make by hand. */
public final class Packets {
    private Packets() {}

    private static byte[] frame(int type, byte[] packet) {
        byte[] frame = new byte[14 + packet.length];
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        EthernetFrame.write(bytes, 0, TestHost.mac(1), TestHost.mac(2), type);
        bytes.put(14, packet);
        return frame;
    }

    /** A frame with an IPv4 packet; {@code more} and {@code offset} make it a fragment. */
    public static byte[] ipv4(
            String source,
            String destination,
            int protocol,
            int identification,
            int offset,
            boolean more,
            byte[] data) {
        byte[] packet = new byte[20 + data.length];
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        Ipv4Header.write(
                bytes,
                0,
                0,
                packet.length,
                identification,
                false,
                64,
                protocol,
                IpAddress.parse(source).ipv4(),
                IpAddress.parse(destination).ipv4());
        if (more || offset > 0) {
            Ipv4Header.setFragment(bytes, 0, offset, more, packet.length);
        }
        bytes.put(20, data);
        return frame(EthernetFrame.TYPE_IPV4, packet);
    }

    public static byte[] ipv4(String source, String destination, int protocol, byte[] data) {
        return ipv4(source, destination, protocol, 1, 0, false, data);
    }

    /** A frame with an IPv6 packet. */
    public static byte[] ipv6(
            String source, String destination, int nextHeader, int hopLimit, byte[] data) {
        byte[] packet = new byte[40 + data.length];
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        IpAddress from = IpAddress.parse(source);
        IpAddress to = IpAddress.parse(destination);
        Ipv6Header.write(bytes, 0, 0, 0, data.length, nextHeader, hopLimit);
        Ipv6Header.writeAddresses(bytes, 0, from.high(), from.low(), to.high(), to.low());
        bytes.put(40, data);
        return frame(EthernetFrame.TYPE_IPV6, packet);
    }

    /** A frame with a fragment of an IPv6 packet. */
    public static byte[] ipv6Fragment(
            String source,
            String destination,
            int nextHeader,
            int identification,
            int offset,
            boolean more,
            byte[] data) {
        byte[] packet = new byte[8 + data.length];
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        Ipv6Extension.writeFragment(bytes, 0, nextHeader, offset, more, identification);
        bytes.put(8, data);
        return ipv6(source, destination, IpProtocol.FRAGMENT, 64, packet);
    }

    /** A UDP datagram without its IP header, with its checksum. */
    public static byte[] udp(
            String source, String destination, int sourcePort, int port, byte[] data) {
        byte[] datagram = new byte[8 + data.length];
        ByteBuffer bytes = ByteBuffer.wrap(datagram);
        UdpHeader.write(bytes, 0, sourcePort, port, datagram.length);
        bytes.put(8, data);
        long sum = pseudoHeader(source, destination, IpProtocol.UDP, datagram.length);
        UdpHeader.setChecksum(
                bytes,
                0,
                InternetChecksum.finish(InternetChecksum.add(sum, bytes, 0, datagram.length)));
        return datagram;
    }

    /** An ICMPv6 message with its checksum. */
    public static byte[] icmpv6(String source, String destination, byte[] message) {
        byte[] summed = message.clone();
        ByteBuffer bytes = ByteBuffer.wrap(summed);
        bytes.putShort(2, (short) 0);
        long sum = pseudoHeader(source, destination, IpProtocol.ICMPV6, summed.length);
        bytes.putShort(
                2,
                (short)
                        InternetChecksum.finish(
                                InternetChecksum.add(sum, bytes, 0, summed.length)));
        return summed;
    }

    /** An ICMP message of IPv4's with its checksum. */
    public static byte[] icmp(byte[] message) {
        byte[] summed = message.clone();
        ByteBuffer bytes = ByteBuffer.wrap(summed);
        bytes.putShort(2, (short) 0);
        bytes.putShort(2, (short) InternetChecksum.of(bytes, 0, summed.length));
        return summed;
    }

    private static long pseudoHeader(String source, String destination, int protocol, int length) {
        IpAddress from = IpAddress.parse(source);
        IpAddress to = IpAddress.parse(destination);
        return from.isIpv4()
                ? InternetChecksum.pseudoHeader(from.ipv4(), to.ipv4(), protocol, length)
                : InternetChecksum.pseudoHeader(
                        from.high(), from.low(), to.high(), to.low(), protocol, length);
    }

    public static byte[] part(byte[] whole, int from, int to) {
        return Arrays.copyOfRange(whole, from, to);
    }

    public static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
