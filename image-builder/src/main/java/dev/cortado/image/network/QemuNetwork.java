package dev.cortado.image.network;

import dev.cortado.image.qemu.MmioSlot;
import dev.cortado.image.qemu.OptionValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A guest's network in QEMU's words (qemu-options: {@code -netdev}, {@code -device}). */
public final class QemuNetwork {
    private static final MmioSlot MMIO = new MmioSlot(0);

    private static final String ID = "network";

    private QemuNetwork() {}

    /**
     * Its options; none if there is no card.
     *
     * @param mmio whether the machine has no PCI
     */
    public static List<String> options(GuestNetwork network, boolean mmio) {
        if (!network.exists()) {
            return List.of();
        }
        List<String> options = new ArrayList<>();
        if (mmio) {
            options.addAll(List.of("-global", "virtio-mmio.force-legacy=false"));
        }
        options.addAll(List.of("-netdev", backend(network)));
        options.addAll(List.of("-device", card(network, mmio)));
        network.capture()
                .ifPresent(file ->
                        options.addAll(
                                List.of(
                                        "-object",
                                        "filter-dump,id=capture,netdev=%s,file=%s"
                                                .formatted(ID, OptionValue.of(file)))));
        return options;
    }

    private static String backend(GuestNetwork network) {
        if (network.mode() instanceof NetworkMode.Tap tap) {
            String queues = network.queues() > 1 ? ",queues=" + network.queues() : "";
            return "tap,id=%s,ifname=%s,script=no,downscript=no%s"
                    .formatted(ID, tap.name(), queues);
        }
        // QEMU takes the first address of its DHCP server if none is named.
        String guest = network.address().flatMap(GuestAddress::address).orElse("");
        return "user,id="
                + ID
                + network.forwards().stream()
                        .map(each ->
                                ",hostfwd=%s:%s:%d-%s:%d"
                                        .formatted(
                                                each.protocol(),
                                                each.host(),
                                                each.hostPort(),
                                                guest,
                                                each.guestPort()))
                        .collect(Collectors.joining());
    }

    private static String card(GuestNetwork network, boolean mmio) {
        String common = "netdev=%s,mac=%s".formatted(ID, network.mac());
        String queues = network.queues() > 1 ? ",mq=on" : "";
        if (mmio) {
            return "virtio-net-device,bus=%s,%s%s".formatted(MMIO.bus(), common, queues);
        }
        // An interrupt for each queue, for the control queue and for changes (virtio 1.2, 4.1.4.3).
        String vectors = network.queues() > 1 ? ",vectors=" + (2 * network.queues() + 2) : "";
        return "virtio-net-pci,%s,romfile=%s%s".formatted(common, queues, vectors);
    }

    /** What the guest's kernel is told on its command line, behind its own words. */
    public static List<String> kernelWords(GuestNetwork network, boolean mmio) {
        List<String> words = new ArrayList<>();
        if (network.exists()) {
            network.address().ifPresent(address -> words.add(address.kernelWord()));
            if (mmio) {
                words.add(MMIO.kernelWord());
            }
        }
        return words;
    }
}
