package dev.cortado.runtime.net.group;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.udp.UdpSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/** A host whose socket joins one group and leaves it. */
abstract class MemberCase {
    final TestNetwork network = new TestNetwork();
    final TestHost host = network.host(1);

    private final UdpSocket socket = host.stack.udp().open();
    private final IpAddress group;

    MemberCase(String group) {
        this.group = IpAddress.parse(group);
    }

    @AfterEach
    void nothingIsLost() {
        network.pass(30 * SECOND);
        assertTrue(host.isWhole());
    }

    final void join() {
        socket.groups().join(group, host.link.index(), null, network.now);
    }

    final void leave() {
        socket.groups().leave(group, host.link.index(), null, network.now);
    }

    /** What was told since the last time, a line each record, and to whom. */
    final List<String> told() {
        List<String> told = new ArrayList<>();
        for (byte[] frame : host.device.reports) {
            assertTrue(Reports.areChecksumsRight(frame));
            for (String record : Reports.records(frame)) {
                told.add(record + " to " + Reports.destination(frame));
            }
        }
        host.device.reports.clear();
        return told;
    }

    /** One of some messages, with bytes changed, and of another length at times. */
    static byte[] damaged(byte[][] messages, int leastBytes, Random random) {
        byte[] message = messages[random.nextInt(messages.length)].clone();
        for (int change = random.nextInt(4); change > 0; change--) {
            message[random.nextInt(message.length)] = (byte) random.nextInt();
        }
        if (random.nextInt(4) == 0) {
            message = Arrays.copyOf(message, leastBytes + random.nextInt(300));
        }
        return message;
    }
}
