package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/**
 * Ethernet's header (IEEE 802.3, 3.1.1, with a type: RFC 894). A MAC address is 48 bits of a long.
 */
public final class EthernetFrame {
    public static final int HEADER_BYTES = 14;
    public static final long BROADCAST = 0xffff_ffff_ffffL;

    public static final int TYPE_IPV4 = 0x0800;
    public static final int TYPE_ARP = 0x0806;
    public static final int TYPE_VLAN = 0x8100;
    public static final int TYPE_IPV6 = 0x86dd;

    private static final int DESTINATION = 0;
    private static final int SOURCE = 6;
    private static final int TYPE = 12;

    private EthernetFrame() {}

    /** Whether so many bytes have a header. */
    public static boolean check(int length) {
        return length >= HEADER_BYTES;
    }

    public static long destination(ByteBuffer bytes, int at) {
        return address(bytes, at + DESTINATION);
    }

    public static long source(ByteBuffer bytes, int at) {
        return address(bytes, at + SOURCE);
    }

    /** The protocol that follows; below 0x600 it is a length (802.3), and no protocol of ours. */
    public static int type(ByteBuffer bytes, int at) {
        return bytes.getShort(at + TYPE) & 0xffff;
    }

    public static void write(ByteBuffer bytes, int at, long destination, long source, int type) {
        setAddress(bytes, at + DESTINATION, destination);
        setAddress(bytes, at + SOURCE, source);
        bytes.putShort(at + TYPE, (short) type);
    }

    /** A MAC address anywhere in a packet. */
    public static long address(ByteBuffer bytes, int at) {
        return (bytes.getShort(at) & 0xffffL) << 32 | bytes.getInt(at + 2) & 0xffff_ffffL;
    }

    public static void setAddress(ByteBuffer bytes, int at, long address) {
        bytes.putShort(at, (short) (address >>> 32));
        bytes.putInt(at + 2, (int) address);
    }

    /** Whether an address is a group's, everybody being one; no frame comes from such. */
    public static boolean isGroup(long address) {
        return (address >>> 40 & 1) != 0;
    }

    /** Whether a neighbour may have it. */
    public static boolean isStation(long address) {
        return address != 0 && !isGroup(address);
    }

    /** RFC 1112, 6.4. */
    public static long ipv4Group(int group) {
        return 0x0100_5e00_0000L | group & 0x7f_ffff;
    }

    /** RFC 2464, 7. */
    public static long ipv6Group(long low) {
        return 0x3333_0000_0000L | low & 0xffff_ffffL;
    }

    /** As IEEE 802 writes it, with colons. */
    public static String toString(long address) {
        StringBuilder text = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8) {
            int octet = (int) (address >>> shift) & 0xff;
            text.append(octet < 16 ? "0" : "").append(Integer.toHexString(octet));
            text.append(shift == 0 ? "" : ":");
        }
        return text.toString();
    }
}
