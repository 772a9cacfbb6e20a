package dev.cortado.drivers.virtio.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.network.Segmentation;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class VirtioNetTest {
    private static final long PATIENCE = 1_000_000_000L;
    private static final long OF_QUEUES =
            Features.INDIRECT_DESC | Features.EVENT_IDX | Features.RING_PACKED;

    private static NetworkCase largeStarted(long offered) throws Exception {
        NetworkCase test = new NetworkCase(Bus.PCI, 128, 4096);
        test.prepare(offered, 1, 64);
        test.start(1, 32);
        return test;
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] data(NetworkCase test, byte[] sent) {
        return Arrays.copyOfRange(sent, test.device.headerBytes(), sent.length);
    }

    /**
     * Random subsets of all features, none and all: packets of all sizes, both ways, in batches.
     */
    @ParameterizedTest
    @EnumSource(Bus.class)
    void packetsGoBothWaysWithAnyFeatures(Bus bus) throws Exception {
        Random random = new Random(bus.ordinal());
        for (int round = 0; round < 60; round++) {
            long offered = random.nextLong() & random.nextLong();
            offered = round == 0 ? 0 : round == 1 ? -1L : offered;
            offered &= NetworkFeatures.ALL | OF_QUEUES | NetworkFeatures.ANY_LAYOUT;
            NetworkCase test = new NetworkCase(bus, 64, round % 2 == 0 ? 2048 : 8192);
            test.prepare(offered, 2, 16);
            test.start(2, 12);
            assertEquals(
                    (test.device.model.accepted & NetworkFeatures.MAC) != 0
                            ? NetworkCase.MAC
                            : NetworkCase.OWN_MAC,
                    test.net.macAddress());
            for (int i = 0; i < 40; i++) {
                exchange(test, random);
            }
            test.end();
            test.takeBack(0);
            test.checkNothingLost();
        }
    }

    private static void exchange(NetworkCase test, Random random) throws IOException {
        byte[] out = random(random, 14 + random.nextInt(1505));
        int cut = 1 + random.nextInt(13);
        NetworkBuffer packet =
                random.nextBoolean() ? test.packet(out) : test.packet(out, cut, out.length - 1);
        assertEquals(1, test.send(packet));
        byte[] sent = test.device.takeSent(1);
        assertArrayEquals(out, data(test, sent));
        test.device.finishSent(1, 1);
        assertEquals(1, test.takeBack(0));
        boolean large = test.device.has(NetworkFeatures.GUEST_TSO4);
        byte[] in = random(random, 14 + random.nextInt(large ? 9000 : 1505));
        byte[] header = new byte[test.device.headerBytes()];
        if (large && in.length > 1518) {
            header[1] = 1;
            header[4] = 100;
        }
        test.received.clear();
        assertTrue(test.device.deliver(0, header, in));
        assertFalse(test.net.service(0));
        assertEquals(1, test.received.size());
        assertArrayEquals(in, test.received.get(0));
    }

    /** 5.1.6.2's example: Ethernet, IPv4 and TCP headers, the sum 16 bytes into TCP's. */
    @Test
    void theHeaderIsTheSpecifications() throws Exception {
        NetworkCase test = NetworkCase.started(Bus.PCI, NetworkCase.OFFLOADS, 64);
        NetworkBuffer packet = test.packet(new byte[3000], 1500);
        packet.setChecksum(34, 16);
        packet.setSegmentation(Segmentation.TCP4, 1460, 54);
        packet.setCongestionReduced(true);
        assertEquals(1, test.send(packet));
        byte[] header = Arrays.copyOf(test.device.takeSent(1), 12);
        // flags, gso_type, hdr_len, gso_size, csum_start, csum_offset, num_buffers
        assertEquals("01813600b405220010000000", HexFormat.of().formatHex(header));
        NetworkBuffer six = test.packet(new byte[2000]);
        six.setChecksum(54, 16);
        six.setSegmentation(Segmentation.TCP6, 1440, 74);
        assertEquals(1, test.send(six));
        header = Arrays.copyOf(test.device.takeSent(1), 12);
        assertEquals("01044a00a005360010000000", HexFormat.of().formatHex(header));
        assertEquals(1, test.send(test.packet(new byte[60])));
        header = Arrays.copyOf(test.device.takeSent(1), 12);
        assertEquals("000000000000000000000000", HexFormat.of().formatHex(header));
    }

    @Test
    void whatAHeaderSaysIsTheBuffers() throws Exception {
        long features = NetworkFeatures.MRG_RXBUF | NetworkFeatures.GUEST_CSUM;
        features |= NetworkFeatures.GUEST_TSO6 | NetworkFeatures.GUEST_ECN;
        NetworkCase test = largeStarted(features);
        assertEquals(
                Offloads.SCATTER | Offloads.RECEIVE_CHECKSUM | Offloads.RECEIVE_SEGMENTATION,
                test.net.offloads());
        test.keep = true;
        byte[] header = HexFormat.of().parseHex("01844a00a005360010000000");
        assertTrue(test.device.deliver(0, header, new byte[5000]));
        assertTrue(
                test.device.deliver(
                        0, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, new byte[60]));
        test.net.service(0);
        NetworkBuffer packet = test.kept.get(0);
        assertEquals(Segmentation.TCP6, packet.segmentation());
        assertEquals(1440, packet.segmentSize());
        assertEquals(54, packet.checksumStart());
        assertEquals(16, packet.checksumOffset());
        assertTrue(packet.isCongestionReduced());
        assertFalse(packet.isChecksumGood());
        assertEquals(5000, packet.packetLength());
        assertTrue(test.kept.get(1).isChecksumGood());
        assertEquals(NetworkBuffer.NO_CHECKSUM, test.kept.get(1).checksumStart());
    }

    @ParameterizedTest
    @CsvSource({
        "010000000000ffff1000, 60, sum outside",
        "01000000000022001900, 60, sum one byte outside",
        "00010000640000000000, 60, segmentation not agreed on",
        "00040000000000000000, 60, segments of nothing",
        "00030000640000000000, 60, UDP fragments",
        "00050000640000000000, 60, UDP segments",
        "00000000000000000000, 0, empty",
    })
    void aPacketThatMakesNoSenseIsCountedAndItsBufferUsedAgain(
            String header, int length, String what) throws Exception {
        long features = NetworkFeatures.MRG_RXBUF | NetworkFeatures.GUEST_CSUM;
        NetworkCase test = largeStarted(features | NetworkFeatures.GUEST_TSO6);
        byte[] bytes = HexFormat.of().parseHex(header);
        for (int i = 1; i <= 100; i++) {
            assertTrue(test.device.deliver(0, bytes, new byte[length]), what);
            assertFalse(test.net.service(0));
            assertEquals(i, test.net.badPackets(), what);
        }
        assertEquals(0, test.received.size());
        test.end();
        test.checkNothingLost();
    }

    @ParameterizedTest
    @CsvSource({"0, bad", "2, broken", "33, broken", "65535, broken"})
    void buffersThatAPacketIsNotIn(int count, String end) throws Exception {
        NetworkCase test = NetworkCase.started(Bus.PCI, NetworkFeatures.MRG_RXBUF, 64);
        byte[] bytes = new byte[100];
        bytes[10] = (byte) count;
        bytes[11] = (byte) (count >> 8);
        test.device.scribble(0, bytes, 100);
        if (end.equals("bad")) {
            test.net.service(0);
            assertEquals(1, test.net.badPackets());
        } else {
            IOException e = assertThrows(IOException.class, () -> test.net.service(0));
            assertEquals(
                    "virtio-net (pci 0000:00:03.0): it has not used the "
                            + count
                            + " buffers that a packet is in",
                    e.getMessage());
            assertEquals(0, test.device.model.status, "it was reset");
        }
        test.end();
        test.checkNothingLost();
    }

    @Test
    void aShortHeaderIsNoPacket() throws Exception {
        NetworkCase test = NetworkCase.started(Bus.MMIO, 0, 64);
        for (int length = 0; length <= 12; length++) {
            assertTrue(test.device.scribble(0, new byte[12], length));
            test.net.service(0);
        }
        assertEquals(13, test.net.badPackets());
        assertEquals(0, test.received.size());
    }

    /** osv#1058: buffers are as large as the longest packet when they are not merged. */
    @Test
    void longPacketsComeWithoutMergedBuffers() throws Exception {
        NetworkCase test = new NetworkCase(Bus.PCI, 128, 2048);
        VirtioModel model = test.prepare(NetworkFeatures.MTU, 1, 64);
        model.configuration.putShort(10, (short) 9000);
        test.start(1, 8 * 5);
        assertEquals(9000, test.net.mtu());
        byte[] jumbo = random(new Random(1), 9018);
        for (int i = 0; i < 50; i++) {
            assertTrue(test.device.deliver(0, new byte[12], jumbo));
            assertTrue(test.device.deliver(0, new byte[12], new byte[60]));
            test.net.service(0);
            assertArrayEquals(jumbo, test.received.get(2 * i));
            assertEquals(60, test.received.get(2 * i + 1).length);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> test.send(test.packet(new byte[9019], 2000, 4000, 6000, 8000)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, OF_QUEUES})
    void aFullQueueTakesNoMoreAndTellsWhenThereIsRoom(long ofQueues) throws Exception {
        NetworkCase test = NetworkCase.started(Bus.PCI, ofQueues, 8);
        int taken = 0;
        NetworkBuffer left = test.packet(new byte[60], 20, 40);
        while (test.send(left) == 1) {
            taken++;
            left = test.packet(new byte[60], 20, 40);
        }
        assertEquals(ofQueues == 0 ? 2 : 8, taken);
        assertEquals(0, test.takeBack(0));
        int before = test.device.interrupts[1];
        for (int i = 0; i < taken; i++) {
            test.device.takeSent(1);
        }
        test.device.finishSent(1, 1);
        assertEquals(before + 1, test.device.interrupts[1], "asked for");
        test.net.service(0);
        assertEquals(List.of("transmitted 0"), test.told);
        assertEquals(1, test.send(left));
        test.device.finishSent(1, 100);
        assertEquals(before + 1, test.device.interrupts[1], "not asked for");
        test.takeBack(0);
        test.end();
        test.takeBack(0);
        test.checkNothingLost();
    }

    /** Another thread may have taken back what the one that waits was to be told of. */
    @Test
    void whoWaitsForRoomIsToldAlsoIfOthersTookBackWhatWasSent() throws Exception {
        NetworkCase test = NetworkCase.started(Bus.PCI, 0, 8);
        NetworkBuffer left = test.packet(new byte[60]);
        while (test.send(left) == 1) {
            left = test.packet(new byte[60]);
        }
        while (test.device.takeSent(1) != null) {
            test.device.finishSent(1, 1);
        }
        assertEquals(8, test.takeBack(0));
        test.net.service(0);
        assertEquals(List.of("transmitted 0"), test.told);
    }

    /** nanos#2099: a device without buffers gets some as soon as there are any. */
    @Test
    void aDeviceThatRanOutOfBuffersGetsThoseThatComeBack() throws Exception {
        NetworkCase test = new NetworkCase(Bus.PCI, 4, 2048);
        test.prepare(0, 1, 16);
        test.start(1, 16);
        test.keep = true;
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 4; i++) {
                assertTrue(test.device.deliver(0, new byte[12], new byte[100]));
            }
            assertFalse(test.device.deliver(0, new byte[12], new byte[100]));
            assertTrue(test.device.sleep(0));
            test.net.service(0);
            assertEquals(4, test.kept.size());
            int before = test.device.model.notifications;
            test.kept.forEach(NetworkBuffers::give);
            test.kept.clear();
            assertTrue(test.device.model.notifications > before, "it has to be woken");
        }
        test.end();
        test.checkNothingLost();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, OF_QUEUES})
    void nobodyIsNotifiedWhoDidNotAskForIt(long ofQueues) throws Exception {
        NetworkCase test = NetworkCase.started(Bus.PCI, ofQueues, 64);
        test.device.sleep(1);
        int before = test.device.model.notifications;
        NetworkBuffer[] batch = new NetworkBuffer[16];
        for (int i = 0; i < 16; i++) {
            batch[i] = test.packet(new byte[60]);
        }
        assertEquals(16, test.send(batch));
        assertEquals(before + 1, test.device.model.notifications, "once a batch");
        test.device.model.side(1).stayAwake();
        assertEquals(16, drainSent(test));
        assertEquals(1, test.send(test.packet(new byte[60])));
        assertEquals(before + 1, test.device.model.notifications, "it is awake");
        test.device.finishSent(1, 100);
        assertEquals(0, test.device.interrupts[1], "nobody waits for what is sent");
    }

    private static int drainSent(NetworkCase test) {
        int count = 0;
        while (test.device.takeSent(1) != null) {
            count++;
        }
        return count;
    }

    @Test
    void whatADeviceCannotIsRefused() throws Exception {
        NetworkCase test = NetworkCase.started(Bus.PCI, 0, 64);
        NetworkBuffer sum = test.packet(new byte[60]);
        sum.setChecksum(34, 16);
        assertThrows(IllegalArgumentException.class, () -> test.send(sum));
        NetworkBuffer cut = test.packet(new byte[60]);
        cut.setSegmentation(Segmentation.TCP4, 10, 54);
        assertThrows(IllegalArgumentException.class, () -> test.send(cut));
        assertThrows(IllegalArgumentException.class, () -> test.send(test.packet(new byte[13])));
        assertThrows(IllegalArgumentException.class, () -> test.send(test.packet(new byte[1519])));
        NetworkBuffer close = test.packet(new byte[60]);
        close.setData(15, 60);
        assertThrows(IllegalArgumentException.class, () -> test.send(close));
        NetworkBuffer hole = test.packet(new byte[60], 30, 30);
        assertThrows(IllegalArgumentException.class, () -> test.send(hole));
        NetworkBuffer circle = test.packet(new byte[60]);
        circle.setNext(circle);
        assertThrows(IllegalArgumentException.class, () -> test.send(circle));
        assertEquals(0, test.device.model.notifications - 1, "only the buffers for what comes");
        NetworkBuffer good = test.packet(new byte[60]);
        assertEquals(1, test.send(good));
        assertThrows(IllegalStateException.class, () -> test.send(good), "it is the device's");
        assertThrows(IllegalStateException.class, () -> NetworkBuffers.give(good));
        assertEquals(1, drainSent(test));
    }

    @Test
    void oneThatSendsNothingIsReset() throws Exception {
        NetworkCase test = NetworkCase.started(Bus.PCI, 0, 64);
        long now = Long.MAX_VALUE - PATIENCE / 2; // which overflows on the way
        for (int i = 0; i < 10; i++) {
            test.net.watch(now, PATIENCE);
            now += PATIENCE;
        }
        NetworkBuffer[] three = {
            test.packet(new byte[60]), test.packet(new byte[60]), test.packet(new byte[60])
        };
        assertEquals(3, test.send(three));
        for (int i = 0; i < 3; i++) {
            now += PATIENCE / 2;
            test.net.watch(now, PATIENCE);
            test.device.takeSent(1);
            test.device.finishSent(1, i < 2 ? 1 : 0);
        }
        test.net.watch(now, PATIENCE);
        test.net.watch(now + PATIENCE, PATIENCE);
        long late = now + PATIENCE + 1;
        IOException e = assertThrows(IOException.class, () -> test.net.watch(late, PATIENCE));
        assertEquals(
                "virtio-net (pci 0000:00:03.0): it has sent none of 1 packets for 1000 ms",
                e.getMessage());
        assertEquals(0, test.device.model.status);
        test.end();
        assertEquals(3, test.takeBack(0));
        test.checkNothingLost();
    }
}
