package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.MacAddress;
import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;

/**
 * What a network device says of itself (VIRTIO 1.2, 5.1.4), where it is agreed that it does;
 * checked.
 *
 * @param macAddress 0 if it has none
 * @param linkUp whether packets get anywhere
 * @param announce whether others are to be told where we are
 * @param mostPairs of queues
 * @param mtu the longest packet behind an Ethernet header
 */
record NetworkConfiguration(
        long macAddress, boolean linkUp, boolean announce, int mostPairs, int mtu) {
    private static final int STATUS = 6;
    private static final int MAX_VIRTQUEUE_PAIRS = 8;
    private static final int MTU = 10;

    private static final int S_LINK_UP = 1;
    private static final int S_ANNOUNCE = 2;

    private static final int MOST_PAIRS = 0x8000;

    /** RFC 791, 3.1: what every link carries. */
    private static final int LEAST_MTU = 68;

    private static final int USUAL_MTU = 1500;

    private record Fields(long mac, int status, int pairs, int mtu) {}

    /**
     * @param features that both sides agreed on
     */
    static NetworkConfiguration read(VirtioDevice device, long features) throws VirtioException {
        Fields fields = device.configuration().read(registers -> fields(features, registers));
        if ((features & NetworkFeatures.MAC) != 0 && !MacAddress.isStation(fields.mac())) {
            throw device.fail("no device has the address " + MacAddress.format(fields.mac()));
        }
        if (fields.pairs() < 1 || fields.pairs() > MOST_PAIRS) {
            throw device.fail(fields.pairs() + " pairs of queues");
        }
        if (fields.mtu() < LEAST_MTU) {
            throw device.fail("packets of at most " + fields.mtu() + " bytes");
        }
        return new NetworkConfiguration(
                fields.mac(),
                (fields.status() & S_LINK_UP) != 0,
                (fields.status() & S_ANNOUNCE) != 0,
                fields.pairs(),
                fields.mtu());
    }

    private static Fields fields(long features, Registers registers) {
        long mac = 0;
        for (int i = 0; (features & NetworkFeatures.MAC) != 0 && i < MacAddress.BYTES; i++) {
            mac = mac << 8 | registers.read8(i);
        }
        return new Fields(
                mac,
                (features & NetworkFeatures.STATUS) != 0 ? registers.read16(STATUS) : S_LINK_UP,
                (features & NetworkFeatures.MQ) != 0 ? registers.read16(MAX_VIRTQUEUE_PAIRS) : 1,
                (features & NetworkFeatures.MTU) != 0 ? registers.read16(MTU) : USUAL_MTU);
    }
}
