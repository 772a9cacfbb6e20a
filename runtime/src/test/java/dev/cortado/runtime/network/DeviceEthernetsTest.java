package dev.cortado.runtime.network;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.TestDevice;
import dev.cortado.runtime.net.lab.TestWire;
import dev.cortado.runtime.net.link.DeviceFeatures;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.FrameDevice;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.stack.NetworkStack;
import dev.cortado.runtime.net.wire.EthernetFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** VLANs of two stacks over one wire. */
final class DeviceEthernetsTest {
    private static final int UDP_HEADER = 14 + 4 + 20;

    private final TestWire wire = new TestWire();
    private final List<String> problems = new ArrayList<>();
    private final Host one = new Host(1, 5, 6);
    private final Host other = new Host(2, 5, 7);

    /** An address of 10.0.VLAN.0/24 in each VLAN; 10.0.0.0/24 is what has no tag. */
    private final class Host {
        private final TestDevice device;
        private final NetworkStack stack;

        Host(int number, Integer... vlans) {
            device = wire.attach(new TestDevice(0x0200_0000_0000L | number));
            device.features =
                    DeviceFeatures.TRANSMIT_CHECKSUM
                            | DeviceFeatures.SEGMENTATION_IPV4
                            | DeviceFeatures.GATHER;
            stack = new NetworkStack(PacketPool.ofHeap(256, 2048), new Random(number), () -> {});
            for (DeviceEthernets.Ethernet each :
                    DeviceEthernets.of(
                            "eth0", device, List.of(vlans), stack.drops(), problems::add)) {
                EthernetLink link = stack.addDevice(each.name().toString(), each.frames());
                String address = "10.0." + each.name().vlan() + "." + number;
                stack.addAddress(link, InterfaceAddress.of(IpAddress.parse(address), 24), 0);
            }
        }

        boolean isWhole() {
            return stack.pool().free() == stack.pool().size()
                    && device.pool.free() == device.pool.size();
        }
    }

    private void settle(long now) {
        while (wire.deliver(now)) {
            one.stack.service(now);
            other.stack.service(now);
        }
    }

    /** One sends a datagram of a byte; whether the other has it. */
    private boolean reaches(int vlan) {
        int port = 7000 + vlan;
        var receiver = other.stack.udp().open();
        receiver.bind(IpAddress.UNSPECIFIED, port);
        var sender = one.stack.udp().open();
        IpAddress to = IpAddress.parse("10.0." + vlan + ".2");
        sender.send(ByteBuffer.wrap(new byte[] {1}), to, port, SECOND);
        settle(SECOND);
        var packet = receiver.receive();
        if (packet != null) {
            packet.release();
        }
        sender.close(SECOND);
        receiver.close(SECOND);
        return packet != null;
    }

    @Test
    void eachVlanIsANetworkOfItsOwn() {
        one.device.features = 0;
        assertTrue(reaches(0));
        assertTrue(reaches(5));
        long before = other.stack.drops().of(DropReason.VLAN_NOT_OURS);
        assertEquals(false, reaches(6), "the other is not in it");
        assertTrue(other.stack.drops().of(DropReason.VLAN_NOT_OURS) > before);
        one.stack.service(10 * SECOND);
        assertEquals(List.of(), problems);
    }

    /** The device could fill them in, but not behind a tag. */
    @Test
    void sumsOfFramesWithATagAreWhole() {
        assertTrue(reaches(5));
        ByteBuffer frame = ByteBuffer.wrap(one.device.lastSent());
        assertEquals(EthernetFrame.TYPE_VLAN, EthernetFrame.type(frame, 0));
        assertEquals(5, frame.getShort(14));
        assertEquals(EthernetFrame.TYPE_IPV4, frame.getShort(16));
        int length = frame.getShort(UDP_HEADER + 4);
        // RFC 768: over addresses, protocol, length, and all of the datagram.
        long sum = 17 + length;
        for (int at = UDP_HEADER - 8; at < UDP_HEADER; at += 2) {
            sum += frame.getShort(at) & 0xffff;
        }
        for (int at = UDP_HEADER; at < UDP_HEADER + length; at++) {
            int octet = frame.get(at) & 0xff;
            sum += (at - UDP_HEADER) % 2 == 0 ? octet << 8 : octet;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        assertEquals(0xffff, sum);
        assertTrue(one.isWhole() && other.isWhole());
    }

    @Test
    void withoutVlansThereIsTheDeviceAlone() {
        FrameDevice device = new TestDevice(1);
        List<DeviceEthernets.Ethernet> all =
                DeviceEthernets.of("eth3", device, List.of(), one.stack.drops(), problems::add);
        assertEquals(1, all.size());
        assertSame(device, all.getFirst().frames());
        assertEquals("eth3", all.getFirst().name().toString());
    }

    @Test
    void thereAreSoManyAndEachOnce() {
        List<Integer> vlans =
                IntStream.rangeClosed(1, 70).boxed().flatMap(n -> List.of(n, n).stream()).toList();
        List<DeviceEthernets.Ethernet> all =
                DeviceEthernets.of(
                        "eth0", new TestDevice(1), vlans, one.stack.drops(), problems::add);
        assertEquals(1 + DeviceEthernets.MOST_VLANS, all.size());
        assertEquals("eth0", all.getFirst().name().toString());
        assertEquals("eth0.64", all.getLast().name().toString());
        assertEquals(
                List.of(
                        "eth0: 70 VLANs are more than 64; those with the highest numbers are left"
                                + " out"),
                problems);
    }
}
