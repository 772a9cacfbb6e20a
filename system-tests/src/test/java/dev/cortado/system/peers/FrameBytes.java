package dev.cortado.system.peers;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Frames for a guest, octet by octet: nothing here keeps to a rule that a caller wants broken. */
final class FrameBytes {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int FRAGMENT = 44;
    static final int ICMPV6 = 58;

    /** Of the one who sends them. */
    static final String LIAR = "02:00:00:00:00:66";

    private FrameBytes() {}

    /** Octets, written in hexadecimal; blanks do not count. */
    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("[\\s:]", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] repeat(String text, int times) {
        return hex(text.repeat(times));
    }

    /** An address of either IP. */
    static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    static byte[] ethernet(int type, byte[] packet) {
        return ethernet(Guest.MAC, LIAR, type, packet);
    }

    static byte[] ethernet(String to, String from, int type, byte[] packet) {
        return join(hex(to), hex(from), hex("%04x".formatted(type)), packet);
    }

    /**
     * A frame with an IPv4 packet.
     *
     * @param fragment flags and offset, as the header has them
     */
    static byte[] ipv4(
            String source,
            String destination,
            int protocol,
            int number,
            int fragment,
            byte[] options,
            byte[] data) {
        int header = 20 + options.length;
        ByteBuffer bytes = ByteBuffer.allocate(header + data.length);
        bytes.putShort((short) (0x4000 | header / 4 << 8)).putShort((short) bytes.capacity());
        bytes.putShort((short) number).putShort((short) fragment);
        bytes.put((byte) 64).put((byte) protocol).putShort((short) 0);
        bytes.put(address(source)).put(address(destination)).put(options);
        bytes.putShort(10, (short) checksum(0, bytes.array(), header));
        return ethernet(0x0800, bytes.put(data).array());
    }

    static byte[] ipv4(String source, String destination, int protocol, byte[] data) {
        return ipv4(source, destination, protocol, 1, 0, new byte[0], data);
    }

    /** A frame with an IPv6 packet. */
    static byte[] ipv6(
            String source, String destination, int nextHeader, int hopLimit, byte[] data) {
        ByteBuffer bytes = ByteBuffer.allocate(40 + data.length);
        bytes.putInt(0x6000_0000).putShort((short) data.length);
        bytes.put((byte) nextHeader).put((byte) hopLimit);
        bytes.put(address(source)).put(address(destination)).put(data);
        return ethernet(0x86dd, bytes.array());
    }

    /**
     * Puts the right checksum into what follows an IP header.
     *
     * @param at where it belongs
     */
    static byte[] summed(String source, String destination, int protocol, int at, byte[] data) {
        byte[] pseudo =
                join(
                        address(source),
                        address(destination),
                        hex("%08x%08x".formatted(data.length, protocol)));
        byte[] summed = data.clone();
        ByteBuffer.wrap(summed).putShort(at, (short) 0);
        long sum = ~checksum(0, pseudo, pseudo.length) & 0xffff;
        ByteBuffer.wrap(summed).putShort(at, (short) checksum(sum, summed, summed.length));
        return summed;
    }

    /** An ICMP message of IPv4's with its checksum. */
    static byte[] icmp(byte[] message) {
        byte[] summed = message.clone();
        ByteBuffer.wrap(summed).putShort(2, (short) checksum(0, message, message.length));
        return summed;
    }

    /** RFC 1071. */
    private static int checksum(long start, byte[] bytes, int length) {
        long sum = start;
        for (int i = 0; i < length; i++) {
            sum += (bytes[i] & 0xffL) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }
}
