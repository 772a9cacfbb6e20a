package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/** An ARP packet for IPv4 over Ethernet (RFC 826). */
public final class ArpPacket {
    public static final int BYTES = 28;

    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    private static final int HARDWARE = 0;
    private static final int PROTOCOL = 2;
    private static final int HARDWARE_LENGTH = 4;
    private static final int PROTOCOL_LENGTH = 5;
    private static final int OPERATION = 6;
    private static final int SENDER_HARDWARE = 8;
    private static final int SENDER_PROTOCOL = 14;
    private static final int TARGET_HARDWARE = 18;
    private static final int TARGET_PROTOCOL = 24;

    private static final int ETHERNET = 1;

    private ArpPacket() {}

    /** Whether so many bytes are ARP for IPv4 over Ethernet, a request or a reply. */
    public static boolean check(ByteBuffer bytes, int at, int length) {
        return length >= BYTES
                && bytes.getShort(at + HARDWARE) == ETHERNET
                && (bytes.getShort(at + PROTOCOL) & 0xffff) == EthernetFrame.TYPE_IPV4
                && bytes.get(at + HARDWARE_LENGTH) == 6
                && bytes.get(at + PROTOCOL_LENGTH) == 4
                && (operation(bytes, at) == REQUEST || operation(bytes, at) == REPLY);
    }

    public static int operation(ByteBuffer bytes, int at) {
        return bytes.getShort(at + OPERATION) & 0xffff;
    }

    public static long senderHardware(ByteBuffer bytes, int at) {
        return EthernetFrame.address(bytes, at + SENDER_HARDWARE);
    }

    public static int senderProtocol(ByteBuffer bytes, int at) {
        return bytes.getInt(at + SENDER_PROTOCOL);
    }

    public static long targetHardware(ByteBuffer bytes, int at) {
        return EthernetFrame.address(bytes, at + TARGET_HARDWARE);
    }

    public static int targetProtocol(ByteBuffer bytes, int at) {
        return bytes.getInt(at + TARGET_PROTOCOL);
    }

    public static void write(
            ByteBuffer bytes,
            int at,
            int operation,
            long senderHardware,
            int senderProtocol,
            long targetHardware,
            int targetProtocol) {
        bytes.putShort(at + HARDWARE, (short) ETHERNET);
        bytes.putShort(at + PROTOCOL, (short) EthernetFrame.TYPE_IPV4);
        bytes.put(at + HARDWARE_LENGTH, (byte) 6);
        bytes.put(at + PROTOCOL_LENGTH, (byte) 4);
        bytes.putShort(at + OPERATION, (short) operation);
        EthernetFrame.setAddress(bytes, at + SENDER_HARDWARE, senderHardware);
        bytes.putInt(at + SENDER_PROTOCOL, senderProtocol);
        EthernetFrame.setAddress(bytes, at + TARGET_HARDWARE, targetHardware);
        bytes.putInt(at + TARGET_PROTOCOL, targetProtocol);
    }
}
