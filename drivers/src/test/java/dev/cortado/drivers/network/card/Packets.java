package dev.cortado.drivers.network.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.Segmentation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Packets of TCP and UDP (RFC 791, 768, 8200, 9293), made and checked byte by byte. */
final class Packets {
    static final int ETHERNET = 14;
    static final int TCP = 6;
    static final int UDP = 17;
    private static final int TCP_BYTES = 32;
    private static final int UDP_BYTES = 8;

    private Packets() {}

    static int ipBytes(boolean isIpv6) {
        return isIpv6 ? 40 : 20;
    }

    static int transportBytes(int protocol) {
        return protocol == TCP ? TCP_BYTES : UDP_BYTES;
    }

    static int headerBytes(boolean isIpv6, int protocol) {
        return ETHERNET + ipBytes(isIpv6) + transportBytes(protocol);
    }

    /** One whose sum is its pseudo header's only; that of IPv4's header is right. */
    static byte[] unsummed(Random random, boolean isIpv6, int protocol, int payload) {
        int transport = transportBytes(protocol) + payload;
        byte[] all = new byte[ETHERNET + ipBytes(isIpv6) + transport];
        random.nextBytes(all);
        ByteBuffer packet = ByteBuffer.wrap(all);
        packet.putShort(12, (short) (isIpv6 ? 0x86dd : 0x0800));
        if (isIpv6) {
            packet.putInt(14, 6 << 28).putShort(18, (short) transport);
            packet.put(20, (byte) protocol).put(21, (byte) 64);
        } else {
            packet.put(14, (byte) 0x45).putShort(16, (short) (20 + transport));
            packet.putShort(20, (short) 0x4000).put(23, (byte) protocol);
            packet.putShort(24, (short) 0);
            packet.putShort(24, (short) ~sum(all, 14, 20, 0));
        }
        int at = ETHERNET + ipBytes(isIpv6);
        if (protocol == TCP) {
            packet.put(at + 12, (byte) (TCP_BYTES / 4 << 4)).put(at + 13, (byte) 0x19);
        } else {
            packet.putShort(at + 4, (short) transport);
        }
        packet.putShort(sumAt(isIpv6, protocol), (short) pseudo(all, transport));
        return all;
    }

    static int sumAt(boolean isIpv6, int protocol) {
        return ETHERNET + ipBytes(isIpv6) + sumOffset(protocol);
    }

    static int sumOffset(int protocol) {
        return protocol == TCP ? 16 : 6;
    }

    /** Says what it wants done. */
    static void mark(NetworkBuffer packet, boolean isIpv6, int protocol, int segmentBytes) {
        packet.setChecksum(ETHERNET + ipBytes(isIpv6), sumOffset(protocol));
        if (segmentBytes > 0) {
            packet.setSegmentation(
                    isIpv6 ? Segmentation.TCP6 : Segmentation.TCP4,
                    segmentBytes,
                    headerBytes(isIpv6, protocol));
        }
    }

    private static boolean isIpv6(byte[] packet) {
        return ByteBuffer.wrap(packet).getShort(12) == (short) 0x86dd;
    }

    /** RFC 9293, 3.1, and RFC 8200, 8.1. */
    private static int pseudo(byte[] packet, int transport) {
        boolean six = isIpv6(packet);
        int protocol = packet[six ? 20 : 23] & 0xff;
        return six
                ? sum(packet, 22, 32, protocol + transport)
                : sum(packet, 26, 8, protocol + transport);
    }

    /** RFC 1071. */
    static int sum(byte[] bytes, int from, int length, int before) {
        long sum = before;
        for (int i = 0; i < length; i++) {
            sum += (long) (bytes[from + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) sum;
    }

    /** Its lengths and sums are right. */
    static void checkWhole(byte[] all) {
        boolean six = isIpv6(all);
        ByteBuffer packet = ByteBuffer.wrap(all);
        int at = ETHERNET + ipBytes(six);
        int transport = all.length - at;
        if (six) {
            assertEquals(transport, packet.getShort(18), "payload length");
        } else {
            assertEquals(20 + transport, packet.getShort(16), "total length");
            assertEquals(0xffff, sum(all, 14, 20, 0), "IPv4's sum");
        }
        assertEquals(0xffff, sum(all, at, transport, pseudo(all, transport)), "transport's sum");
    }

    static byte[] payload(byte[] all) {
        boolean six = isIpv6(all);
        int at = ETHERNET + ipBytes(six);
        int protocol = all[six ? 20 : 23];
        return Arrays.copyOfRange(all, at + transportBytes(protocol), all.length);
    }

    /** Of TCP. */
    static int sequence(byte[] all) {
        return ByteBuffer.wrap(all).getInt(ETHERNET + ipBytes(isIpv6(all)) + 4);
    }

    /** Of TCP. */
    static int flags(byte[] all) {
        return all[ETHERNET + ipBytes(isIpv6(all)) + 13] & 0xff;
    }
}
