package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.MacAddress;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.xen.bus.BusDevice;
import dev.cortado.drivers.xen.frontend.BackendNodes;
import java.io.IOException;
import java.util.List;

/**
 * What a backend and its scripts say of a network device (public/io/netif.h); checked.
 *
 * @param macAddress the toolstack's choice
 * @param mtu the longest packet behind an Ethernet header
 * @param offloads of {@link Offloads}
 * @param mostQueues pairs of rings
 * @param addresses words of the toolstack's, which have not been read
 */
record NetworkParameters(
        long macAddress, int mtu, int offloads, int mostQueues, List<String> addresses) {
    private static final int USUAL_MTU = 1500;
    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 65517;
    private static final int MOST_QUEUES = 256;

    /** The rest stays in the last one, which is no address then. */
    private static final int MOST_ADDRESSES = 16;

    /** What is known of a device whose backend is not ready: it takes nothing yet. */
    static NetworkParameters beforeConnection(BusDevice device) throws IOException {
        return new NetworkParameters(macAddress(device), mtu(device), 0, 1, addresses(device));
    }

    static NetworkParameters read(BusDevice device) throws IOException {
        if (!BackendNodes.has(device, "feature-rx-copy")) {
            // Since 2010 all do; the other way was to give pages away.
            throw new IOException(device.path() + ": the backend does not copy packets to us");
        }
        long queues = BackendNodes.number(device, "multi-queue-max-queues", 1);
        if (queues < 1) {
            throw new IOException(device.path() + ": no queues");
        }
        int mtu = mtu(device);
        int offloads = offloads(device);
        return new NetworkParameters(
                macAddress(device),
                (offloads & Offloads.SCATTER) != 0 ? mtu : Math.min(mtu, USUAL_MTU),
                offloads,
                (int) Math.min(queues, MOST_QUEUES),
                addresses(device));
    }

    private static long macAddress(BusDevice device) throws IOException {
        String text = device.store().readTextOrNull(device.path() + "/mac");
        long address = MacAddress.parse(text);
        if (!MacAddress.isStation(address)) {
            throw new IOException(device.path() + ": no device has the address \"" + text + '"');
        }
        return address;
    }

    /**
     * That of the network, which Xen's script for bridges tells us once it knows it; otherwise what
     * the domain's configuration says, which the backend's directory has.
     */
    private static int mtu(BusDevice device) throws IOException {
        long configured = BackendNodes.number(device, "mtu", USUAL_MTU);
        long mtu = BackendNodes.ownNumber(device, "mtu", configured);
        if (mtu < LEAST_MTU || mtu > MOST_MTU) {
            throw new IOException(device.path() + ": packets of at most " + mtu + " bytes");
        }
        return (int) mtu;
    }

    /** What the key "ip" of the domain's configuration says, between spaces. */
    private static List<String> addresses(BusDevice device) throws IOException {
        String text = device.backendNode("ip");
        return text == null || text.isBlank()
                ? List.of()
                : List.of(text.strip().split("\\s+", MOST_ADDRESSES));
    }

    private static int offloads(BusDevice device) throws IOException {
        int offloads = Offloads.RECEIVE_CHECKSUM | Offloads.RECEIVE_SEGMENTATION;
        if (!BackendNodes.has(device, "feature-no-csum-offload")) {
            offloads |= Offloads.CHECKSUM_TCP4 | Offloads.CHECKSUM_UDP4;
        }
        if (BackendNodes.has(device, "feature-ipv6-csum-offload")) {
            offloads |= Offloads.CHECKSUM_TCP6 | Offloads.CHECKSUM_UDP6;
        }
        if (!BackendNodes.has(device, "feature-sg")) {
            return offloads; // and nothing large goes into one page
        }
        offloads |= Offloads.SCATTER;
        if ((offloads & Offloads.CHECKSUM_TCP4) != 0
                && BackendNodes.has(device, "feature-gso-tcpv4")) {
            offloads |= Offloads.SEGMENTATION_TCP4;
        }
        if ((offloads & Offloads.CHECKSUM_TCP6) != 0
                && BackendNodes.has(device, "feature-gso-tcpv6")) {
            offloads |= Offloads.SEGMENTATION_TCP6;
        }
        return offloads;
    }
}
