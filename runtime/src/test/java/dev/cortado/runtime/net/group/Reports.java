package dev.cortado.runtime.net.group;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.lab.Packets;
import dev.cortado.runtime.net.wire.InternetChecksum;
import dev.cortado.runtime.net.wire.IpProtocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Frames that tell of groups, and such as ask for them; read and made by hand. */
final class Reports {
    private static final String[] KINDS = {
        "", "IS_IN", "IS_EX", "TO_IN", "TO_EX", "ALLOW", "BLOCK"
    };

    private static final int ETHERNET = 14;

    private Reports() {}

    private static boolean isIpv4(byte[] frame) {
        return frame[12] == 8;
    }

    /** Where the message begins. */
    static int message(byte[] frame) {
        return ETHERNET + (isIpv4(frame) ? (frame[ETHERNET] & 0xf) * 4 : 48);
    }

    static IpAddress destination(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        return isIpv4(frame)
                ? IpAddress.ofIpv4(bytes.getInt(30))
                : new IpAddress(bytes.getLong(38), bytes.getLong(46));
    }

    static IpAddress source(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        return isIpv4(frame)
                ? IpAddress.ofIpv4(bytes.getInt(26))
                : new IpAddress(bytes.getLong(22), bytes.getLong(30));
    }

    /** The records of a report of the newest version; of another message its type and group. */
    static List<String> records(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        boolean isIpv4 = isIpv4(frame);
        int at = message(frame);
        int type = frame[at] & 0xff;
        List<String> records = new ArrayList<>();
        if (type != (isIpv4 ? 0x22 : 143)) {
            IpAddress group = address(bytes, at + (isIpv4 ? 4 : 8), isIpv4);
            return List.of(Integer.toHexString(type) + " " + group);
        }
        int length = isIpv4 ? 4 : 16;
        int count = bytes.getShort(at + 6);
        int record = at + 8;
        for (int i = 0; i < count; i++) {
            int sources = bytes.getShort(record + 2);
            List<IpAddress> all = new ArrayList<>();
            for (int source = 1; source <= sources; source++) {
                all.add(address(bytes, record + 4 + source * length, isIpv4));
            }
            IpAddress group = address(bytes, record + 4, isIpv4);
            records.add(KINDS[bytes.get(record)] + " " + group + " " + all);
            record += 4 + length * (1 + sources);
        }
        if (record != frame.length) {
            throw new AssertionError("The records end at " + record + " of " + frame.length);
        }
        return records;
    }

    private static IpAddress address(ByteBuffer bytes, int at, boolean isIpv4) {
        return isIpv4
                ? IpAddress.ofIpv4(bytes.getInt(at))
                : new IpAddress(bytes.getLong(at), bytes.getLong(at + 8));
    }

    static boolean areChecksumsRight(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        int at = message(frame);
        int length = frame.length - at;
        if (isIpv4(frame)) {
            return InternetChecksum.of(bytes, ETHERNET, at - ETHERNET) == 0
                    && InternetChecksum.of(bytes, at, length) == 0;
        }
        IpAddress from = source(frame);
        IpAddress to = destination(frame);
        long sum =
                InternetChecksum.pseudoHeader(
                        from.high(), from.low(), to.high(), to.low(), IpProtocol.ICMPV6, length);
        return InternetChecksum.isRight(InternetChecksum.add(sum, bytes, at, length));
    }

    /** A frame in hexadecimal, in pieces of so many bytes; x is two bytes that do not matter. */
    static String text(byte[] frame, String pieces) {
        List<String> texts = new ArrayList<>();
        int at = 0;
        for (String piece : pieces.split(" ")) {
            int length = piece.equals("x") ? 2 : Integer.parseInt(piece);
            String text = HexFormat.of().formatHex(frame, at, at + length);
            texts.add(piece.equals("x") ? "----" : text);
            at += length;
        }
        if (at != frame.length) {
            throw new AssertionError("The frame has " + frame.length + " bytes, not " + at);
        }
        return String.join(" ", texts);
    }

    static byte[] igmp(byte[] message) {
        return Packets.icmp(message);
    }

    /** A frame of a querier with an IGMP message. */
    static byte[] query(String destination, byte[] message, boolean hasAlert) {
        byte[] plain = Packets.ipv4("10.0.0.2", destination, IpProtocol.IGMP, message);
        byte[] frame =
                hasAlert
                        ? Packets.join(
                                Packets.part(plain, 0, 34),
                                new byte[] {(byte) 0x94, 4, 0, 0},
                                Packets.part(plain, 34, plain.length))
                        : plain;
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        int header = hasAlert ? 24 : 20;
        bytes.put(ETHERNET, (byte) (0x40 | header / 4));
        bytes.putShort(ETHERNET + 2, (short) (frame.length - ETHERNET));
        bytes.put(ETHERNET + 8, (byte) 1);
        bytes.putShort(ETHERNET + 10, (short) 0);
        bytes.putShort(ETHERNET + 10, (short) InternetChecksum.of(bytes, ETHERNET, header));
        toGroup(frame, IpAddress.parse(destination));
        return frame;
    }

    /** A frame of a querier with a message of listener discovery. */
    static byte[] query6(
            String source, String destination, byte[] message, int hops, boolean hasAlert) {
        byte[] summed = Packets.icmpv6(source, destination, message);
        byte[] header = {58, 0, 5, 2, 0, 0, 1, 0};
        byte[] frame =
                hasAlert
                        ? Packets.ipv6(source, destination, 0, hops, Packets.join(header, summed))
                        : Packets.ipv6(source, destination, 58, hops, summed);
        toGroup(frame, IpAddress.parse(destination));
        return frame;
    }

    private static void toGroup(byte[] frame, IpAddress group) {
        int low = (int) group.low();
        byte[] mac =
                group.isIpv4()
                        ? new byte[] {
                            1, 0, 0x5e, (byte) (low >> 16 & 0x7f), (byte) (low >> 8), (byte) low
                        }
                        : new byte[] {
                            0x33,
                            0x33,
                            (byte) (low >> 24),
                            (byte) (low >> 16),
                            (byte) (low >> 8),
                            (byte) low
                        };
        boolean isGroup = group.isIpv4() ? Ipv4.isMulticast(low) : Ipv6.isMulticast(group.high());
        if (isGroup) {
            System.arraycopy(mac, 0, frame, 0, 6);
        }
    }
}
