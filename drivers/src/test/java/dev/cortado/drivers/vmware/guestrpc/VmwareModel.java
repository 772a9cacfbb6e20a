package dev.cortado.drivers.vmware.guestrpc;

import dev.cortado.drivers.vmware.backdoor.Backdoor;
import dev.cortado.drivers.vmware.backdoor.Registers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A host as open-vm-tools' guest_msg_def.h and message.c expect it: channels with cookies, messages
 * by words or by the high-bandwidth port.
 */
final class VmwareModel implements Backdoor {
    private static final int SUCCESS = 1;
    private static final int DO_RECEIVE = 2;
    private static final int CHECKPOINT = 0x10;
    private static final int HIGH_BANDWIDTH = 0x80;

    private static final int MOST_CHANNELS = 8;

    /** One of the host's ends of a channel. */
    private static final class Channel {
        private final int protocol;
        private final int cookieHigh;
        private final int cookieLow;
        private int expected;
        private final ByteArrayOutputStream incoming = new ByteArrayOutputStream();
        private byte[] outgoing;
        private int sent;

        Channel(int protocol, int seed) {
            this.protocol = protocol;
            cookieHigh = seed * 0x9e37_79b9;
            cookieLow = seed * 0x85eb_ca6b;
        }
    }

    final Map<String, String> values = new HashMap<>();

    /** What was asked of the host, in order. */
    final List<String> requests = new ArrayList<>();

    /** What the guest said when it was asked, in order; an empty one is "". */
    final List<String> answers = new ArrayList<>();

    /** What the host wants of the guest next. */
    final Deque<String> commands = new ArrayDeque<>();

    private final Map<Integer, Channel> channels = new HashMap<>();
    private int opened;

    boolean highBandwidth;
    boolean hasMessages = true;

    /** So many steps of messages from now on are broken off by a snapshot. */
    int checkpoints;

    /** So many further steps succeed; -1 for all. */
    int stepsLeft = -1;

    /** In place of the real size of what the host has. */
    Integer wrongSize;

    /** In place of what the host does by the upper half of EDX. */
    Integer wrongType;

    /** In place of an answer to RPCI. */
    Function<String, byte[]> otherAnswer;

    int openChannels() {
        return channels.size();
    }

    /** As a host does that has moved the machine. */
    void closeAll() {
        channels.clear();
    }

    @Override
    public int capacity() {
        return 2000;
    }

    @Override
    public void call(Registers registers) {
        if ((registers.ecx & 0xffff) != 0x1e || !hasMessages) {
            registers.eax = -1;
            return;
        }
        int type = registers.ecx >>> 16;
        if (type == 0) {
            open(registers);
            return;
        }
        Channel channel = channels.get(registers.edx >>> 16);
        if (channel == null
                || registers.esi != channel.cookieHigh
                || registers.edi != channel.cookieLow
                || stepsLeft == 0) {
            status(registers, 0);
            return;
        }
        stepsLeft = Math.max(-1, stepsLeft - 1);
        switch (type) {
            case 1 -> {
                channel.expected = registers.ebx;
                channel.incoming.reset();
                status(registers, SUCCESS);
                if (channel.expected == 0) {
                    arrived(channel);
                }
            }
            case 2 -> sendWord(channel, registers);
            case 3 -> size(channel, registers);
            case 4 -> receiveWord(channel, registers);
            case 5 -> {
                if (isBrokenOff(registers)) {
                    channel.sent = 0;
                    return;
                }
                channel.outgoing = null;
                status(registers, SUCCESS);
            }
            case 6 -> {
                channels.remove(registers.edx >>> 16);
                registers.ecx = SUCCESS << 16;
            }
            default -> status(registers, 0);
        }
    }

    private void open(Registers registers) {
        int id = 0;
        while (channels.containsKey(id)) {
            id++;
        }
        if (id == MOST_CHANNELS || (registers.ebx & 0x8000_0000) == 0) {
            status(registers, 0);
            return;
        }
        Channel channel = new Channel(registers.ebx & 0x7fff_ffff, ++opened);
        channels.put(id, channel);
        registers.edx = id << 16;
        registers.esi = channel.cookieHigh;
        registers.edi = channel.cookieLow;
        status(registers, SUCCESS);
    }

    private void status(Registers registers, int bits) {
        int more = highBandwidth && (bits & SUCCESS) != 0 ? HIGH_BANDWIDTH : 0;
        registers.ecx = (bits | more) << 16;
    }

    private boolean isBrokenOff(Registers registers) {
        if (checkpoints == 0) {
            return false;
        }
        checkpoints--;
        status(registers, CHECKPOINT);
        return true;
    }

    private void sendWord(Channel channel, Registers registers) {
        if (isBrokenOff(registers)) {
            return;
        }
        int count = Math.min(4, channel.expected - channel.incoming.size());
        for (int i = 0; i < count; i++) {
            channel.incoming.write(registers.ebx >>> 8 * i);
        }
        status(registers, SUCCESS);
        if (channel.incoming.size() == channel.expected) {
            arrived(channel);
        }
    }

    private void arrived(Channel channel) {
        String text = channel.incoming.toString(StandardCharsets.UTF_8);
        if (channel.protocol == MessageChannel.TCLO) {
            answers.add(text);
            return;
        }
        requests.add(text);
        channel.outgoing =
                otherAnswer == null
                        ? answer(text).getBytes(StandardCharsets.UTF_8)
                        : otherAnswer.apply(text);
        channel.sent = 0;
    }

    private String answer(String request) {
        if (request.startsWith("info-get ")) {
            String value = values.get(request.substring("info-get ".length()));
            return value == null ? "0 No value found" : "1 " + value;
        }
        return request.startsWith("tools.") ? "1 " : "0 Unknown command";
    }

    private void size(Channel channel, Registers registers) {
        if (channel.protocol == MessageChannel.TCLO
                && channel.outgoing == null
                && !commands.isEmpty()) {
            channel.outgoing = commands.remove().getBytes(StandardCharsets.UTF_8);
            channel.sent = 0;
        }
        if (channel.outgoing == null) {
            status(registers, SUCCESS);
            return;
        }
        registers.ebx = wrongSize == null ? channel.outgoing.length : wrongSize;
        registers.edx = (wrongType == null ? 1 : wrongType) << 16;
        status(registers, SUCCESS | DO_RECEIVE);
    }

    private void receiveWord(Channel channel, Registers registers) {
        if (isBrokenOff(registers)) {
            channel.sent = 0;
            return;
        }
        int word = 0;
        for (int i = 3; i >= 0; i--) {
            int at = channel.sent + i;
            word = word << 8 | (at < channel.outgoing.length ? channel.outgoing[at] & 0xff : 0xee);
        }
        channel.sent += 4;
        registers.ebx = word;
        registers.edx = (wrongType == null ? 2 : wrongType) << 16;
        status(registers, SUCCESS);
    }

    @Override
    public void send(Registers registers, byte[] bytes, int length) {
        Channel channel = channels.get(registers.edx >>> 16);
        if (!highBandwidth
                || registers.ebx != SUCCESS << 16
                || registers.edi != channel.cookieLow
                || registers.ebp != channel.cookieHigh
                || length != channel.expected) {
            registers.ebx = 0;
        } else if (checkpoints > 0) {
            checkpoints--;
            registers.ebx = CHECKPOINT << 16;
        } else {
            channel.incoming.write(bytes, 0, length);
            registers.ebx = SUCCESS << 16;
            arrived(channel);
        }
    }

    @Override
    public void receive(Registers registers, byte[] bytes, int length) {
        Channel channel = channels.get(registers.edx >>> 16);
        if (!highBandwidth
                || registers.ebx != SUCCESS << 16
                || registers.esi != channel.cookieHigh
                || registers.ebp != channel.cookieLow) {
            registers.ebx = 0;
        } else if (checkpoints > 0) {
            checkpoints--;
            registers.ebx = CHECKPOINT << 16;
        } else {
            byte[] padded = Arrays.copyOf(channel.outgoing, length);
            System.arraycopy(padded, 0, bytes, 0, length);
            registers.ebx = SUCCESS << 16;
        }
    }
}
