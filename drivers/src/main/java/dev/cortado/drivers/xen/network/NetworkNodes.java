package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.xen.bus.BusDevice;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a backend is told of our rings (public/io/netif.h). */
final class NetworkNodes {
    private static final String NUMBER_OF_QUEUES = "multi-queue-num-queues";
    private static final String TRANSMIT_RING = "tx-ring-ref";
    private static final String RECEIVE_RING = "rx-ring-ref";
    private static final String EVENT_CHANNEL = "event-channel";

    /** Nodes that say where rings are, in our directory or in one a queue. */
    private static final Set<String> OF_QUEUES =
            Set.of(NUMBER_OF_QUEUES, TRANSMIT_RING, RECEIVE_RING, EVENT_CHANNEL);

    /** What another driver may have asked a backend for: events apart, and what we do not know. */
    private static final Set<String> OF_OTHERS =
            Set.of(
                    "event-channel-tx",
                    "event-channel-rx",
                    "event-channel-ctrl",
                    "ctrl-ring-ref",
                    "feature-no-csum-offload",
                    "feature-gso-tcpv4-prefix",
                    "feature-gso-tcpv6-prefix",
                    "request-multicast-control",
                    "xdp-headroom");

    /** Pages of a packet of 64 KiB, and extra information: with fewer it would never come. */
    private static final int LARGEST_RECEIVED = 18;

    private NetworkNodes() {}

    /**
     * Writes our nodes and removes, at the same moment, what an earlier connection, or another
     * driver before us, wrote and we do not. One queue has its nodes at the top, several have
     * directories.
     */
    static void publish(BusDevice device, RingPair[] pairs, NetworkSettings settings)
            throws IOException {
        boolean several = device.backendNode("multi-queue-max-queues") != null;
        Map<String, String> nodes = nodes(pairs, settings, several);
        String path = device.path();
        device.store()
                .inTransaction(transaction -> {
                    for (String name : transaction.directoryOrEmpty(path)) {
                        if (name.startsWith("queue-")
                                || OF_QUEUES.contains(name)
                                || OF_OTHERS.contains(name)) {
                            transaction.remove(path + '/' + name);
                        }
                    }
                    for (Map.Entry<String, String> node : nodes.entrySet()) {
                        transaction.write(path + '/' + node.getKey(), node.getValue());
                    }
                    return null;
                });
    }

    private static Map<String, String> nodes(
            RingPair[] pairs, NetworkSettings settings, boolean several) {
        Map<String, String> nodes = new LinkedHashMap<>();
        if (several) {
            nodes.put(NUMBER_OF_QUEUES, Integer.toString(pairs.length));
        }
        for (int i = 0; i < pairs.length; i++) {
            String prefix = pairs.length > 1 ? "queue-" + i + '/' : "";
            nodes.put(prefix + TRANSMIT_RING, Integer.toString(pairs[i].transmitReference()));
            nodes.put(prefix + RECEIVE_RING, Integer.toString(pairs[i].receiveReference()));
            nodes.put(prefix + EVENT_CHANNEL, Integer.toString(pairs[i].portNumber()));
        }
        nodes.put("request-rx-copy", "1");
        nodes.put("feature-rx-notify", "1");
        nodes.put("feature-sg", "1");
        int posted = Math.min(settings.posted(), settings.buffers().number());
        String large = posted >= LARGEST_RECEIVED ? "1" : "0";
        nodes.put("feature-gso-tcpv4", large);
        nodes.put("feature-gso-tcpv6", large);
        nodes.put("feature-ipv6-csum-offload", "1");
        return nodes;
    }
}
