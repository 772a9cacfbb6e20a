package dev.cortado.benchmarks;

import dev.cortado.system.TapNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What wrk found of a guest's page after a time of load, a figure a run. */
record PageLoads(List<Double> requests, List<Double> slowest) {
    static final String PAGE = "/index.html";

    private static final int SLICE_SECONDS = 10;

    /** Boots a guest, has it serve until it is warm, and then so many times. */
    static PageLoads of(
            Guest guest,
            NetworkCard card,
            TapNetwork network,
            int megabytes,
            int warmingSeconds,
            int runs)
            throws IOException, InterruptedException {
        PageLoads loads = new PageLoads(new ArrayList<>(), new ArrayList<>());
        try (ServerGuest server = ServerGuest.start(guest, card, network, megabytes, PAGE)) {
            System.out.printf(
                    "%s by %s: first response after %.0f ms%n",
                    guest.name(), card.name(), server.firstResponse());
            String url = ServerGuest.url(PAGE);
            Load.of(network, url, warmingSeconds);
            for (int run = 0; run < runs; run++) {
                Load load = Load.of(network, url, Rounds.seconds(SLICE_SECONDS));
                System.out.printf("%s by %s: %s%n", guest.name(), card.name(), load);
                loads.requests.add(load.requests());
                loads.slowest.add(load.slowest());
            }
        }
        return loads;
    }
}
