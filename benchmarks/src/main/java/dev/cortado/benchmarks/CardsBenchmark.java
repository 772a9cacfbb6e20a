package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.PageServer;
import dev.cortado.system.TapNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The page of {@link PageServer} by the network cards of a PC, beside nginx on a Linux: how much a
 * card costs, in parts of what virtio does, which is the driver's work and not the server's. A
 * card's two guests are measured one after the other, so that both find the same machine.
 */
final class CardsBenchmark implements Bench.Benchmark {
    private static final int MEGABYTES = 256;
    private static final String PORT = Integer.toString(ServerGuest.PORT);
    private static final double LEAST_OF_NGINX = 0.9;

    private static final List<NetworkCard> CARDS =
            List.of(NetworkCard.VIRTIO, NetworkCard.VMXNET3, NetworkCard.E1000E);

    private final Distribution distribution;
    private final LinuxPeer linux;

    CardsBenchmark(Distribution distribution, LinuxPeer linux) {
        this.distribution = distribution;
        this.linux = linux;
    }

    /** Requests a second by one card. */
    record Rates(NetworkCard card, double ours, double nginx) {}

    @Override
    public List<Result> run() throws Exception {
        Guest ours = ours();
        Guest nginx = linux.guest(Nginx.program(LinuxDevices.PC_NETWORK));
        List<Rates> rates = new ArrayList<>();
        try (TapNetwork network = ServerGuest.network()) {
            for (NetworkCard card : CARDS) {
                rates.add(
                        new Rates(
                                card,
                                requests(ours.with(card.kernelWords(PORT)), card, network),
                                requests(nginx, card, network)));
            }
        }
        return results(rates);
    }

    private static double requests(Guest guest, NetworkCard card, TapNetwork network)
            throws IOException, InterruptedException {
        return Medians.of(PageLoads.of(guest, card, network, MEGABYTES).requests());
    }

    /** The first is what the others are compared to. */
    static List<Result> results(List<Rates> rates) {
        Rates first = rates.getFirst();
        List<Result> results = new ArrayList<>();
        for (Rates each : rates.subList(1, rates.size())) {
            results.add(
                    Result.atLeast(
                            "cards_" + each.card.name() + "_quotient",
                            each.ours / first.ours,
                            each.nginx / first.nginx,
                            LEAST_OF_NGINX));
        }
        for (Rates each : rates) {
            results.add(
                    Result.comparison(
                            "cards_" + each.card.name() + "_requests", each.ours, each.nginx));
        }
        return results;
    }

    private Guest ours() throws IOException, InterruptedException {
        return Guest.withoutRamDisk("Cortado", distribution.pcGuest(PageServer.class, "cards/page"))
                .on(Machine.PC);
    }
}
