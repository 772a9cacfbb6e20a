package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.SocketGuest;
import dev.cortado.system.TapNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * TCP's and UDP's speed between a guest and its host, over a tap, beside the same class on a
 * Linux's JVM: {@code tcp} is bulk data both ways, {@code rtt} are round trips of 64 bytes.
 */
final class SocketBenchmark implements Bench.Benchmark {
    private static final int OUR_MEGABYTES = 256;

    /** A JVM with both its compilers does not live in less. */
    private static final int PEER_MEGABYTES = 512;

    private static final int RUNS = 3;
    private static final int SECONDS = 8;

    private final Distribution distribution;
    private final LinuxPeer linux;
    private final String prefix;

    /**
     * @param prefix of the figures' names
     */
    SocketBenchmark(Distribution distribution, LinuxPeer linux, String prefix) {
        this.distribution = distribution;
        this.linux = linux;
        this.prefix = prefix;
    }

    @Override
    public List<Result> run() throws Exception {
        Guest ours =
                Guest.withoutRamDisk(
                                "Cortado",
                                distribution.guest(SocketGuest.class, "socket/socket.elf"))
                        .with(NetworkCard.MICROVM.kernelWords());
        Guest peer =
                linux.guest(
                        LinuxProgram.server(
                                SocketGuest.class.getName(),
                                List.of(distribution.guests()),
                                "java.base",
                                List.of(),
                                LinuxDevices.NETWORK));
        Map<String, List<Double>> our = new LinkedHashMap<>();
        Map<String, List<Double>> their = new LinkedHashMap<>();
        try (TapNetwork network = ServerGuest.network()) {
            for (int run = 0; run < Rounds.runs(RUNS); run++) {
                measure(ours, network, OUR_MEGABYTES, our);
                measure(peer, network, PEER_MEGABYTES, their);
            }
        }
        List<Result> results = new ArrayList<>();
        our.forEach((name, figures) -> {
            double figure = Medians.of(figures);
            double peers = Medians.of(their.get(name));
            results.add(
                    name.endsWith("_us")
                            ? Result.ratio(name, figure, peers, 1)
                            : Result.atLeast(name, figure, peers, 1));
        });
        return results;
    }

    private void measure(
            Guest guest, TapNetwork network, int megabytes, Map<String, List<Double>> figures)
            throws IOException, InterruptedException {
        Process qemu = ServerGuest.boot(guest, NetworkCard.MICROVM, network, megabytes);
        try {
            List<String> command =
                    ServerGuest.program(
                            SocketPeer.class,
                            TapNetwork.GUEST,
                            Integer.toString(Rounds.seconds(SECONDS)));
            List<String> said = Commands.lines(network.inside(command));
            Figures.parse(said)
                    .forEach((name, figure) -> {
                        System.out.printf("%s: %s %.1f%n", guest.name(), name, figure);
                        if (name.startsWith(prefix)) {
                            figures.computeIfAbsent(name, key -> new ArrayList<>()).add(figure);
                        }
                    });
        } finally {
            qemu.destroyForcibly().waitFor();
        }
    }
}
