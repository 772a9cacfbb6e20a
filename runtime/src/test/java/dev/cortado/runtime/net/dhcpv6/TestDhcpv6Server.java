package dev.cortado.runtime.net.dhcpv6;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.lab.Hex;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.udp.UdpSocket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** A server that answers as a test would like it to; its messages are made by hand. */
final class TestDhcpv6Server {
    /** A message that it heard. */
    record Heard(int type, byte[] message, long at, IpAddress source) {
        /** An option's contents in hexadecimal, or null. */
        String option(int code) {
            ByteBuffer bytes = ByteBuffer.wrap(message);
            for (int at = 4; at < message.length; ) {
                int length = bytes.getShort(at + 2);
                if (bytes.getShort(at) == code) {
                    return HexFormat.of().formatHex(message, at + 4, at + 4 + length);
                }
                at += 4 + length;
            }
            return null;
        }

        int elapsed() {
            return Integer.parseInt(option(8), 16);
        }
    }

    /** What a liar changes in an answer. */
    interface Lie {
        byte[] change(byte[] answer);
    }

    final List<Heard> heard = new ArrayList<>();
    final UdpSocket socket;
    final String identifier;
    List<String> addresses = List.of("2001:db8::77");
    int preferred = 3000;
    int valid = 4000;
    int renewal = 1000;
    int rebinding = 2000;
    int preference = -1;

    /** Of the message, and of the identity association; -1 is none. */
    int status = -1;

    int associationStatus = -1;
    boolean isRapid;

    /** Options of all answers, in hexadecimal. */
    String more =
            "0017 0010 20010db8000000000000000000000053"
                    + "0018 0011 03646f6d 076578616d706c65 036f7267 00";

    Set<Integer> silentFor = Set.of();
    Lie lie = answer -> answer;

    TestDhcpv6Server(TestHost host, String identifier) {
        this.identifier = identifier;
        socket = host.stack.udp().open();
        socket.options().setInterface(host.link.index());
        socket.options().setReuseAddress(true);
        socket.bind(IpAddress.UNSPECIFIED, 547);
        socket.groups().join(IpAddress.parse("ff02::1:2"), host.link.index(), null, 0);
        socket.setListener((from, now) -> received(now));
    }

    List<Integer> types() {
        return heard.stream().map(Heard::type).toList();
    }

    Heard last() {
        return heard.get(heard.size() - 1);
    }

    private void received(long now) {
        for (PacketBuffer packet = socket.receive(); packet != null; packet = socket.receive()) {
            byte[] request = new byte[packet.totalLength()];
            packet.copyOut(0, ByteBuffer.wrap(request));
            IpAddress source = new IpAddress(packet.info().sourceHigh, packet.info().sourceLow);
            int port = packet.info().sourcePort;
            packet.release();
            Heard message = new Heard(request[0], request, now, source);
            String wanted = message.option(2);
            if (wanted == null || wanted.equals(identifier)) {
                heard.add(message);
                if (!silentFor.contains(message.type)) {
                    byte[] answer = lie.change(answer(message));
                    socket.send(ByteBuffer.wrap(answer), source, port, now);
                }
            }
        }
    }

    private byte[] answer(Heard message) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        boolean isRapidReply = isRapid && message.option(14) != null;
        answer.write(message.type == 1 && !isRapidReply ? 2 : 7);
        answer.write(message.message, 1, 3);
        option(answer, 1, Hex.bytes(message.option(1)));
        option(answer, 2, Hex.bytes(identifier));
        if (isRapidReply) {
            option(answer, 14, new byte[0]);
        }
        if (preference >= 0) {
            option(answer, 7, new byte[] {(byte) preference});
        }
        if (status >= 0) {
            option(answer, 13, new byte[] {0, (byte) status, 'n', 'o'});
        }
        if (Set.of(1, 3, 5, 6).contains(message.type)) {
            option(answer, 3, association(Hex.bytes(message.option(3))));
        }
        answer.writeBytes(Hex.bytes(more));
        return answer.toByteArray();
    }

    private byte[] association(byte[] asked) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(asked, 0, 4);
        all.writeBytes(ByteBuffer.allocate(8).putInt(renewal).putInt(rebinding).array());
        if (associationStatus >= 0) {
            option(all, 13, new byte[] {0, (byte) associationStatus});
        } else {
            for (String text : addresses) {
                IpAddress address = IpAddress.parse(text);
                ByteBuffer one = ByteBuffer.allocate(24);
                one.putLong(address.high()).putLong(address.low()).putInt(preferred).putInt(valid);
                option(all, 5, one.array());
            }
        }
        return all.toByteArray();
    }

    private static void option(ByteArrayOutputStream to, int code, byte[] contents) {
        to.writeBytes(
                ByteBuffer.allocate(4)
                        .putShort((short) code)
                        .putShort((short) contents.length)
                        .array());
        to.writeBytes(contents);
    }
}
