package dev.cortado.drivers.virtio.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.VirtioException;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class VirtioNetControlTest {

    @Test
    void severalQueuesAreUsedIfTheDeviceAgrees() throws Exception {
        NetworkCase test = new NetworkCase(Bus.PCI, 64, 2048);
        test.prepare(NetworkFeatures.MQ | NetworkFeatures.CTRL_VQ, 4, 16);
        test.start(3, 8);
        assertEquals(3, test.net.queues());
        assertEquals(List.of("0400 0300"), test.device.commands);
        for (int i = 0; i < 3; i++) {
            assertTrue(test.device.deliver(2 * i, new byte[12], new byte[60 + i]));
            test.net.service(i);
            assertEquals(60 + i, test.received.get(i).length);
            NetworkBuffer packet = test.packet(new byte[70 + i]);
            assertEquals(1, test.net.queue(i).transmit(new NetworkBuffer[] {packet}, 0, 1));
            assertEquals(82 + i, test.device.takeSent(2 * i + 1).length);
        }
        assertThrows(IndexOutOfBoundsException.class, () -> test.net.queue(3));
        test.device.answer = 1;
        test.end();
        for (int i = 0; i < 3; i++) {
            test.takeBack(i);
        }
        test.start(4, 8);
        assertEquals(1, test.net.queues(), "refused");
        test.end();
        test.checkNothingLost();
    }

    @ParameterizedTest
    @EnumSource(Bus.class)
    void commands(Bus bus) throws Exception {
        long features = NetworkFeatures.CTRL_VQ | NetworkFeatures.CTRL_RX;
        NetworkCase test = NetworkCase.started(bus, features | NetworkFeatures.CTRL_MAC_ADDR, 64);
        assertTrue(test.net.setReceiveMode(false, true));
        assertTrue(test.net.setGroups(new long[] {0x01005e0000fbL, 0x333300000001L}));
        assertTrue(test.net.setMacAddress(0x020304050607L));
        assertEquals(0x020304050607L, test.net.macAddress());
        assertTrue(test.net.setGroups(new long[65]), "all groups");
        assertTrue(test.net.setReceiveMode(false, false));
        assertTrue(test.net.setGroups(new long[0]));
        test.device.answer = 1;
        assertFalse(test.net.setMacAddress(0x02ffffffffffL));
        assertEquals(0x020304050607L, test.net.macAddress());
        assertEquals(
                List.of(
                        "0000 00",
                        "0001 01",
                        "0100 00000000 0200000001005e0000fb333300000001",
                        "0101 020304050607",
                        "0001 01",
                        "0000 00",
                        "0001 01",
                        "0100 00000000 00000000",
                        "0001 00",
                        "0101 02ffffffffff"),
                test.device.commands);
        test.device.answer = -1;
        IOException e = assertThrows(IOException.class, () -> test.net.setReceiveMode(true, true));
        assertTrue(e.getMessage().endsWith("it does not answer a command"), e.getMessage());
        assertEquals(0, test.device.model.status);
        assertThrows(IOException.class, () -> test.net.service(0));
    }

    @Test
    void withoutAControlQueueThingsStayAsTheyAre() throws Exception {
        NetworkCase test =
                NetworkCase.started(Bus.PCI, NetworkFeatures.CTRL_RX | NetworkFeatures.MQ, 64);
        assertFalse(test.net.setReceiveMode(true, true));
        assertFalse(test.net.setGroups(new long[0]));
        assertFalse(test.net.setMacAddress(NetworkCase.MAC));
        assertEquals(1, test.net.queues());
    }

    @Test
    void theLinkComesAndGoes() throws Exception {
        long features = NetworkFeatures.STATUS | NetworkFeatures.CTRL_VQ;
        NetworkCase test =
                NetworkCase.started(Bus.PCI, features | NetworkFeatures.GUEST_ANNOUNCE, 64);
        assertTrue(test.net.isLinkUp());
        VirtioModel model = test.device.model;
        model.configuration.putShort(6, (short) 0);
        test.net.configurationChanged();
        assertFalse(test.net.isLinkUp());
        test.net.configurationChanged();
        model.configuration.putShort(6, (short) 3);
        test.net.configurationChanged();
        assertEquals(List.of("link false", "link true", "announce"), test.told);
        assertEquals(List.of("0300"), test.device.commands);
        model.status |= 64;
        IOException e = assertThrows(IOException.class, () -> test.net.configurationChanged());
        assertTrue(e.getMessage().endsWith("it wants to be reset"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "01, 1, 1500, no device has the address 01:00:00:00:00:00",
        "00, 1, 1500, no device has the address 00:00:00:00:00:00",
        "02, 0, 1500, 0 pairs of queues",
        "02, -1, 1500, 65535 pairs of queues",
        "02, 1, 67, packets of at most 67 bytes",
    })
    void aConfigurationThatCannotBeIsRefused(String mac, int pairs, int mtu, String message)
            throws Exception {
        NetworkCase test = new NetworkCase(Bus.PCI, 64, 2048);
        long features = NetworkFeatures.MAC | NetworkFeatures.MTU | NetworkFeatures.CTRL_VQ;
        VirtioModel model = test.prepare(features | NetworkFeatures.MQ, 1, 64);
        model.configuration.putLong(0, Integer.parseInt(mac, 16));
        model.configuration.putShort(8, (short) pairs).putShort(10, (short) mtu);
        VirtioException e = assertThrows(VirtioException.class, () -> test.start(1, 8));
        assertEquals("virtio-net (pci 0000:00:03.0): " + message, e.getMessage());
        assertEquals(64, test.pool.free());
    }

    @Test
    void queuesWithoutRoomAreRefused() throws Exception {
        NetworkCase test = new NetworkCase(Bus.PCI_LEGACY, 64, 2048);
        test.prepare(0, 1, 1);
        assertThrows(VirtioException.class, () -> test.start(1, 8));
        assertEquals(64, test.pool.free());
    }

    @Test
    void featuresNeedOthers() {
        long all = NetworkFeatures.ALL;
        assertEquals(all, NetworkFeatures.withNeeds(all));
        long gone = all ^ NetworkFeatures.withNeeds(all & ~NetworkFeatures.CSUM);
        assertEquals(NetworkCase.OFFLOADS, gone);
        long guest = NetworkFeatures.GUEST_TSO4 | NetworkFeatures.GUEST_TSO6;
        guest |= NetworkFeatures.GUEST_ECN;
        gone = all ^ NetworkFeatures.withNeeds(all & ~NetworkFeatures.GUEST_CSUM);
        assertEquals(guest | NetworkFeatures.GUEST_CSUM, gone);
        gone = all ^ NetworkFeatures.withNeeds(all & ~NetworkFeatures.MRG_RXBUF);
        assertEquals(guest | NetworkFeatures.MRG_RXBUF, gone);
    }

    /** Frames that it may still write to are never used again. */
    @Test
    void oneThatDoesNotResetItselfKeepsWhatItHas() throws Exception {
        NetworkCase test = NetworkCase.started(Bus.PCI, 0, 64);
        test.send(test.packet(new byte[60], 30), test.packet(new byte[60]));
        test.device.takeSent(1);
        test.device.finishSent(1, 1);
        test.device.model.resetReads = Integer.MAX_VALUE;
        test.end();
        assertEquals(0, test.takeBack(0));
        assertEquals(32 + 3, test.pool.lost());
        test.checkNothingLost();
    }
}
