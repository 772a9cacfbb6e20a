package dev.cortado.runtime.net.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.lab.Hex;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Headers as they were seen on wires, and written in specifications. */
final class HeadersTest {
    /** A well-known UDP packet's header, 192.168.0.1 to 192.168.0.199. */
    private static final String IPV4 = "4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7";

    @Test
    void ipv4IsRead() {
        ByteBuffer bytes = Hex.buffer(IPV4);
        assertTrue(Ipv4Header.check(bytes, 0, 20));
        assertTrue(Ipv4Header.isChecksumRight(bytes, 0));
        assertEquals(20, Ipv4Header.headerLength(bytes, 0));
        assertEquals(115, Ipv4Header.totalLength(bytes, 0));
        assertTrue(Ipv4Header.dontFragment(bytes, 0));
        assertFalse(Ipv4Header.isFragment(bytes, 0));
        assertEquals(64, Ipv4Header.timeToLive(bytes, 0));
        assertEquals(IpProtocol.UDP, Ipv4Header.protocol(bytes, 0));
        assertEquals(Ipv4.of(192, 168, 0, 1), Ipv4Header.source(bytes, 0));
        assertEquals(Ipv4.of(192, 168, 0, 199), Ipv4Header.destination(bytes, 0));
        bytes.put(8, (byte) 63);
        assertFalse(Ipv4Header.isChecksumRight(bytes, 0));
    }

    @Test
    void ipv4IsWritten() {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        int from = Ipv4.of(192, 168, 0, 1);
        int to = Ipv4.of(192, 168, 0, 199);
        Ipv4Header.write(bytes, 0, 0, 115, 0, true, 64, IpProtocol.UDP, from, to);
        assertEquals(IPV4.replace(" ", ""), Hex.text(bytes, 0, 20));
    }

    @Test
    void ipv4ThatCannotBe() {
        assertFalse(Ipv4Header.check(Hex.buffer(IPV4), 0, 19), "short");
        assertFalse(Ipv4Header.check(Hex.buffer(IPV4.replaceFirst("45", "65")), 0, 20));
        assertFalse(Ipv4Header.check(Hex.buffer(IPV4.replaceFirst("45", "44")), 0, 20));
        assertFalse(Ipv4Header.check(Hex.buffer(IPV4.replaceFirst("45", "46")), 0, 20));
        assertFalse(Ipv4Header.check(Hex.buffer(IPV4.replaceFirst("0073", "0013")), 0, 20));
    }

    @Test
    void ipv4Options() {
        String header = IPV4.replaceFirst("45", "47");
        assertTrue(Ipv4Header.areOptionsFine(Hex.buffer(header + "94040000 01010100"), 0));
        assertFalse(Ipv4Header.areOptionsFine(Hex.buffer(header + "94000000 01010100"), 0));
        assertFalse(Ipv4Header.areOptionsFine(Hex.buffer(header + "94010000 01010100"), 0));
        assertFalse(Ipv4Header.areOptionsFine(Hex.buffer(header + "01010101 01010194"), 0));
        assertFalse(Ipv4Header.areOptionsFine(Hex.buffer(header + "94090000 01010100"), 0));
        assertFalse(Ipv4Header.areOptionsFine(Hex.buffer(header + "83070400 00000000"), 0));
        assertFalse(Ipv4Header.areOptionsFine(Hex.buffer(header + "89070400 00000000"), 0));
    }

    /** RFC 1858, 3: the flags and the offset in units of eight bytes. */
    @Test
    void ipv4Fragments() {
        ByteBuffer bytes = Hex.buffer(IPV4);
        Ipv4Header.setFragment(bytes, 0, 1480, true, 1500);
        assertEquals(0x20b9, bytes.getShort(6));
        assertTrue(Ipv4Header.isChecksumRight(bytes, 0));
        assertEquals(1480, Ipv4Header.fragmentOffset(bytes, 0));
        assertTrue(Ipv4Header.moreFragments(bytes, 0));
        Ipv4Header.setFragment(bytes, 0, 65528, false, 28);
        assertEquals(65528, Ipv4Header.fragmentOffset(bytes, 0));
        assertFalse(Ipv4Header.moreFragments(bytes, 0));
    }

    /** An ARP request as any host sends it: who has 192.168.0.1, tell 192.168.0.2. */
    @Test
    void arp() {
        String text = "0001 0800 06 04 0001 0000 5e00 5301 c0a8 0002 0000 0000 0000 c0a8 0001";
        ByteBuffer bytes = Hex.buffer(text);
        assertTrue(ArpPacket.check(bytes, 0, 28));
        assertFalse(ArpPacket.check(bytes, 0, 27));
        assertEquals(ArpPacket.REQUEST, ArpPacket.operation(bytes, 0));
        assertEquals(0x0000_5e00_5301L, ArpPacket.senderHardware(bytes, 0));
        assertEquals(Ipv4.of(192, 168, 0, 2), ArpPacket.senderProtocol(bytes, 0));
        assertEquals(Ipv4.of(192, 168, 0, 1), ArpPacket.targetProtocol(bytes, 0));
        ByteBuffer written = ByteBuffer.allocate(28);
        ArpPacket.write(
                written,
                0,
                ArpPacket.REQUEST,
                0x0000_5e00_5301L,
                Ipv4.of(192, 168, 0, 2),
                0,
                Ipv4.of(192, 168, 0, 1));
        assertEquals(text.replace(" ", ""), Hex.text(written, 0, 28));
        for (int i = 0; i < 8; i++) {
            ByteBuffer wrong = Hex.buffer(text);
            wrong.put(i, (byte) (wrong.get(i) ^ 0x40));
            assertFalse(ArpPacket.check(wrong, 0, 28), "byte " + i);
        }
    }

    @Test
    void ethernet() {
        ByteBuffer bytes = Hex.buffer("ffff ffff ffff 0000 5e00 5301 0806");
        assertEquals(EthernetFrame.BROADCAST, EthernetFrame.destination(bytes, 0));
        assertEquals(0x0000_5e00_5301L, EthernetFrame.source(bytes, 0));
        assertEquals(EthernetFrame.TYPE_ARP, EthernetFrame.type(bytes, 0));
        assertTrue(EthernetFrame.isGroup(EthernetFrame.BROADCAST));
        assertFalse(EthernetFrame.isGroup(0x0000_5e00_5301L));
        assertEquals("00:00:5e:00:53:01", EthernetFrame.toString(0x0000_5e00_5301L));
        // RFC 1112, 6.4: 224.0.0.251; the 25th bit is lost. RFC 2464, 7: ff02::1:ff00:1.
        assertEquals(0x0100_5e00_00fbL, EthernetFrame.ipv4Group(Ipv4.of(224, 128, 0, 251)));
        assertEquals(0x3333_ff00_0001L, EthernetFrame.ipv6Group(0x0000_0001_ff00_0001L));
    }

    @Test
    void vlan() {
        ByteBuffer bytes = ByteBuffer.allocate(4);
        VlanTag.write(bytes, 0, 5, 100, EthernetFrame.TYPE_IPV4);
        assertEquals("a0640800", Hex.text(bytes, 0, 4));
        assertEquals(100, VlanTag.identifier(bytes, 0));
        assertEquals(5, VlanTag.priority(bytes, 0));
        assertEquals(EthernetFrame.TYPE_IPV4, VlanTag.type(bytes, 0));
    }

    @Test
    void ipv6() {
        String text =
                "6ab12345 0010 3a 40 20010db8000000000000000000000001"
                        + "ff0200000000000000000001ff000002";
        ByteBuffer bytes = Hex.buffer(text);
        assertTrue(Ipv6Header.check(bytes, 0, 40));
        assertFalse(Ipv6Header.check(bytes, 0, 39));
        assertEquals(0xab, Ipv6Header.trafficClass(bytes, 0));
        assertEquals(0x12345, Ipv6Header.flowLabel(bytes, 0));
        assertEquals(16, Ipv6Header.payloadLength(bytes, 0));
        assertEquals(IpProtocol.ICMPV6, Ipv6Header.nextHeader(bytes, 0));
        assertEquals(64, Ipv6Header.hopLimit(bytes, 0));
        ByteBuffer written = ByteBuffer.allocate(40);
        Ipv6Header.write(written, 0, 0xab, 0x12345, 16, IpProtocol.ICMPV6, 64);
        Ipv6Header.writeAddresses(
                written, 0, 0x20010db8L << 32, 1, 0xff02L << 48, 0x0000_0001_ff00_0002L);
        assertEquals(text.replace(" ", ""), Hex.text(written, 0, 40));
    }

    /** RFC 8200, 4.5 and 4.2. */
    @Test
    void ipv6Extensions() {
        ByteBuffer fragment = ByteBuffer.allocate(8);
        Ipv6Extension.writeFragment(fragment, 0, IpProtocol.UDP, 1448, true, 0xdeadbeef);
        assertEquals("110005a9deadbeef", Hex.text(fragment, 0, 8));
        assertEquals(1448, Ipv6Extension.fragmentOffset(fragment, 0));
        assertTrue(Ipv6Extension.moreFragments(fragment, 0));
        assertEquals(-1, Ipv6Extension.unknownOption(Hex.buffer("3a00 0502 0000 0100"), 0));
        assertEquals(-1, Ipv6Extension.unknownOption(Hex.buffer("3a00 0000 0000 0000"), 0));
        assertEquals(-1, Ipv6Extension.unknownOption(Hex.buffer("3a00 1e04 0000 0000"), 0));
        assertEquals(2, Ipv6Extension.unknownOption(Hex.buffer("3a00 5e04 0000 0000"), 0));
        assertEquals(-2, Ipv6Extension.unknownOption(Hex.buffer("3a00 1e05 0000 0000"), 0));
        assertEquals(-2, Ipv6Extension.unknownOption(Hex.buffer("3a00 0103 0000 001e"), 0));
        assertEquals(2, Ipv6Extension.unknownOption(Hex.buffer("3a00 c204 0001 0000"), 0));
    }
}
