package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.PageServer;
import dev.cortado.system.TapNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The page of {@link PageServer} by the network cards of a PC, beside nginx on a Linux: how much a
 * card costs, in parts of what virtio does, which is the driver's work and not the server's. All
 * are measured one after the other, again and again, and compared within a round: a machine does
 * not stay as it is for long.
 */
final class CardsBenchmark implements Bench.Benchmark {
    private static final int MEGABYTES = 256;
    private static final String PORT = Integer.toString(ServerGuest.PORT);
    private static final double LEAST_OF_NGINX = 0.9;
    private static final int ROUNDS = 5;

    /** Neither guest has a compiler that it would have to wait for. */
    private static final int WARMING_SECONDS = 5;

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
        List<List<Rates>> rounds = new ArrayList<>();
        try (TapNetwork network = ServerGuest.network()) {
            for (int round = 0; round < Rounds.runs(ROUNDS); round++) {
                List<Rates> rates = new ArrayList<>();
                for (NetworkCard card : CARDS) {
                    rates.add(
                            new Rates(
                                    card,
                                    requests(ours.with(card.kernelWords(PORT)), card, network),
                                    requests(nginx, card, network)));
                }
                rounds.add(rates);
            }
        }
        return results(rounds);
    }

    private static double requests(Guest guest, NetworkCard card, TapNetwork network)
            throws IOException, InterruptedException {
        int warming = Rounds.seconds(WARMING_SECONDS);
        return PageLoads.of(guest, card, network, MEGABYTES, warming, 1).requests().getFirst();
    }

    /** Of a round the first is what the others are compared to. */
    static List<Result> results(List<List<Rates>> rounds) {
        List<Rates> cards = rounds.getFirst();
        List<Result> results = new ArrayList<>();
        for (int i = 1; i < cards.size(); i++) {
            int card = i;
            results.add(
                    Result.atLeast(
                            "cards_" + cards.get(i).card.name() + "_quotient",
                            median(rounds, each -> each.get(card).ours / each.getFirst().ours),
                            median(rounds, each -> each.get(card).nginx / each.getFirst().nginx),
                            LEAST_OF_NGINX));
        }
        for (int i = 0; i < cards.size(); i++) {
            int card = i;
            results.add(
                    Result.comparison(
                            "cards_" + cards.get(i).card.name() + "_requests",
                            median(rounds, each -> each.get(card).ours),
                            median(rounds, each -> each.get(card).nginx)));
        }
        return results;
    }

    private static double median(List<List<Rates>> rounds, ToDoubleFunction<List<Rates>> figure) {
        return Medians.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    private Guest ours() throws IOException, InterruptedException {
        return Guest.withoutRamDisk("Cortado", distribution.pcGuest(PageServer.class, "cards/page"))
                .on(Machine.PC);
    }
}
