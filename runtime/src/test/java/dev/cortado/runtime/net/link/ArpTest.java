package dev.cortado.runtime.net.link;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.wire.ArpPacket;
import dev.cortado.runtime.net.wire.EthernetFrame;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** RFC 826, RFC 5227, and the states of RFC 4861, 7.3. */
final class ArpTest {
    private static final int OURS = Ipv4.of(10, 0, 0, 1);
    private static final int PEER = Ipv4.of(10, 0, 0, 2);
    private static final long PEER_LOW = Ipv6.mappedLow(PEER);
    private static final long LIAR = 0x0200_0000_6666L;

    private final TestNetwork network = new TestNetwork();
    private final TestHost host = network.host(1).address("10.0.0.1", 24);

    private void ping() {
        IpAddress peer = IpAddress.ofIpv4(PEER);
        host.stack.echo().send(peer.high(), peer.low(), 1, 1, 8, network.now);
        network.settle();
    }

    private void arp(int operation, long mac, int sender, long target, int targetAddress) {
        byte[] frame = new byte[60];
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        EthernetFrame.write(bytes, 0, TestHost.mac(1), mac, EthernetFrame.TYPE_ARP);
        ArpPacket.write(bytes, 14, operation, mac, sender, target, targetAddress);
        host.device.receive(frame, network.now);
        network.settle();
    }

    private Neighbour.State state() {
        return host.link.ipv4Neighbours().state(0, PEER_LOW);
    }

    private long requests() {
        return host.device.sent.stream().filter(frame -> frame[12] == 8 && frame[13] == 6).count();
    }

    @Test
    void aPacketWaitsForTheAnswer() {
        ping();
        assertEquals(1, host.device.sent.size());
        ByteBuffer request = ByteBuffer.wrap(host.device.lastSent());
        assertEquals(EthernetFrame.BROADCAST, EthernetFrame.destination(request, 0));
        assertTrue(ArpPacket.check(request, 14, 28));
        assertEquals(PEER, ArpPacket.targetProtocol(request, 14));
        assertEquals(OURS, ArpPacket.senderProtocol(request, 14));
        arp(ArpPacket.REPLY, TestHost.mac(2), PEER, TestHost.mac(1), OURS);
        assertEquals(2, host.device.sent.size());
        assertEquals(
                TestHost.mac(2),
                EthernetFrame.destination(ByteBuffer.wrap(host.device.lastSent()), 0));
        assertEquals(Neighbour.State.REACHABLE, state());
        assertTrue(host.isWhole());
    }

    @Test
    void whoDoesNotAnswerIsAskedThreeTimes() {
        ping();
        network.pass(10 * SECOND);
        assertEquals(3, requests());
        assertEquals(Neighbour.State.GONE, state());
        assertEquals(1, host.drops(DropReason.NEIGHBOUR_UNREACHABLE));
        assertTrue(host.isWhole());
    }

    @Test
    void onlySoManyPacketsWait() {
        for (int i = 0; i < 40; i++) {
            ping();
        }
        assertEquals(24, host.drops(DropReason.NEIGHBOUR_QUEUE_FULL));
        assertEquals(1, requests());
        network.pass(10 * SECOND);
        assertTrue(host.isWhole());
    }

    /** RFC 4861, 7.3.3: REACHABLE, STALE, DELAY, PROBE, and reachable again. */
    @Test
    void aNeighbourAgesAndIsAskedAgainWhereItWas() {
        ping();
        arp(ArpPacket.REPLY, TestHost.mac(2), PEER, TestHost.mac(1), OURS);
        network.pass(46 * SECOND);
        assertEquals(Neighbour.State.STALE, state());
        ping();
        assertEquals(Neighbour.State.DELAY, state());
        network.pass(6 * SECOND);
        assertEquals(Neighbour.State.PROBE, state());
        ByteBuffer probe = ByteBuffer.wrap(host.device.lastSent());
        assertEquals(TestHost.mac(2), EthernetFrame.destination(probe, 0));
        arp(ArpPacket.REPLY, TestHost.mac(2), PEER, TestHost.mac(1), OURS);
        assertEquals(Neighbour.State.REACHABLE, state());
    }

    @Test
    void aTransportsConfirmationSparesTheProbe() {
        ping();
        arp(ArpPacket.REPLY, TestHost.mac(2), PEER, TestHost.mac(1), OURS);
        network.pass(46 * SECOND);
        ping();
        host.link.ipv4Neighbours().confirm(0, PEER_LOW, network.now);
        network.pass(6 * SECOND);
        assertEquals(1, requests());
    }

    @Test
    void aRequestIsAnsweredAndTeaches() {
        arp(ArpPacket.REQUEST, TestHost.mac(2), PEER, 0, OURS);
        ByteBuffer reply = ByteBuffer.wrap(host.device.lastSent());
        assertEquals(ArpPacket.REPLY, ArpPacket.operation(reply, 14));
        assertEquals(TestHost.mac(1), ArpPacket.senderHardware(reply, 14));
        assertEquals(OURS, ArpPacket.senderProtocol(reply, 14));
        assertEquals(TestHost.mac(2), ArpPacket.targetHardware(reply, 14));
        assertEquals(Neighbour.State.STALE, state());
    }

    @Test
    void aLiarCannotTakeAnAddressFromWhoAnswers() {
        ping();
        arp(ArpPacket.REPLY, TestHost.mac(2), PEER, TestHost.mac(1), OURS);
        arp(ArpPacket.REPLY, LIAR, PEER, TestHost.mac(1), OURS);
        arp(ArpPacket.REQUEST, LIAR, PEER, 0, PEER);
        arp(ArpPacket.REQUEST, LIAR, PEER, 0, OURS);
        // While the old one is being asked, too.
        arp(ArpPacket.REPLY, LIAR, PEER, TestHost.mac(1), OURS);
        assertEquals(TestHost.mac(2), host.link.ipv4Neighbours().macAddress(0, PEER_LOW));
        assertEquals(Neighbour.State.PROBE, state());
        arp(ArpPacket.REPLY, TestHost.mac(2), PEER, TestHost.mac(1), OURS);
        assertEquals(Neighbour.State.REACHABLE, state());
    }

    @Test
    void whoHasReallyMovedIsFoundAgain() {
        ping();
        arp(ArpPacket.REPLY, TestHost.mac(2), PEER, TestHost.mac(1), OURS);
        arp(ArpPacket.REQUEST, TestHost.mac(3), PEER, 0, PEER);
        network.pass(4 * SECOND);
        assertEquals(Neighbour.State.GONE, state());
        ping();
        arp(ArpPacket.REPLY, TestHost.mac(3), PEER, TestHost.mac(1), OURS);
        assertEquals(TestHost.mac(3), host.link.ipv4Neighbours().macAddress(0, PEER_LOW));
    }

    @Test
    void whatNobodyAskedForMakesNoEntry() {
        arp(ArpPacket.REPLY, LIAR, PEER, TestHost.mac(1), OURS);
        arp(ArpPacket.REQUEST, LIAR, PEER, 0, PEER);
        arp(ArpPacket.REQUEST, LIAR, Ipv4.of(10, 0, 1, 7), 0, OURS);
        assertEquals(0, host.link.ipv4Neighbours().count());
        assertEquals(1, host.drops(DropReason.ARP_UNASKED));
    }

    /** RFC 5227, 2.4, (b). */
    @Test
    void anAddressIsDefendedOnceInTenSeconds() {
        for (int i = 0; i < 20; i++) {
            arp(ArpPacket.REQUEST, LIAR, OURS, 0, OURS);
            network.pass(SECOND);
        }
        assertEquals(20, host.drops(DropReason.ARP_CONFLICT));
        assertEquals(2, host.device.sent.size());
    }

    @Test
    void aProbeFindsWhoHasTheAddress() {
        int[] conflicts = {0};
        host.link.probe(PEER, at -> conflicts[0]++);
        ByteBuffer probe = ByteBuffer.wrap(host.device.lastSent());
        assertEquals(0, ArpPacket.senderProtocol(probe, 14));
        assertEquals(PEER, ArpPacket.targetProtocol(probe, 14));
        arp(ArpPacket.REPLY, TestHost.mac(2), PEER, TestHost.mac(1), 0);
        assertEquals(1, conflicts[0]);
        // Somebody else who would like to have it.
        arp(ArpPacket.REQUEST, TestHost.mac(2), 0, 0, PEER);
        assertEquals(2, conflicts[0]);
        host.link.endProbe();
        arp(ArpPacket.REQUEST, TestHost.mac(2), 0, 0, PEER);
        assertEquals(2, conflicts[0]);
    }

    @Test
    void theTableIsBoundedAndTheReachableStay() {
        ping();
        arp(ArpPacket.REPLY, TestHost.mac(2), PEER, TestHost.mac(1), OURS);
        for (int i = 0; i < 4 * NeighbourTable.LIMIT; i++) {
            int sender = Ipv4.of(10, 0, 0, 0) + 3 + i % 250;
            arp(ArpPacket.REQUEST, 0x0200_0001_0000L + i, sender, 0, OURS);
        }
        TestHost wide = new TestHost(network.wire, 9, 1024).address("10.1.0.1", 16);
        network.add(wide);
        for (int i = 0; i < 2 * NeighbourTable.LIMIT; i++) {
            IpAddress peer = IpAddress.ofIpv4(Ipv4.of(10, 1, 1, 0) + i);
            wide.stack.echo().send(peer.high(), peer.low(), 1, 1, 8, network.now);
            network.pass(1000);
        }
        assertEquals(NeighbourTable.LIMIT, wide.link.ipv4Neighbours().count());
        assertEquals(Neighbour.State.REACHABLE, state());
        network.pass(10 * SECOND);
        assertEquals(0, wide.link.ipv4Neighbours().count());
        assertTrue(wide.isWhole());
    }

    /** RFC 5227, 2.3: who was moved to another machine says where it is. */
    @Test
    void aLinkThatComesUpAnnouncesItsAddresses() {
        ping();
        host.link.linkChanged(network.now);
        assertEquals(0, host.link.ipv4Neighbours().count());
        ByteBuffer announced = ByteBuffer.wrap(host.device.lastSent());
        assertEquals(OURS, ArpPacket.senderProtocol(announced, 14));
        assertEquals(OURS, ArpPacket.targetProtocol(announced, 14));
        assertTrue(host.isWhole());
    }
}
