package dev.cortado.benchmarks;

import dev.cortado.system.TapNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * examples/http, a page of 612 bytes, beside the same classes on a JVM with all its compilers on a
 * Linux: how soon it answers, how many requests it serves when it is new and when it has long been
 * warm, and how large it is.
 */
final class HttpBenchmark implements Bench.Benchmark {
    private static final String MAIN_CLASS = "dev.cortado.examples.http.Http";
    private static final String MODULES = "java.base,jdk.httpserver";
    private static final String PAGE = "/index.html";

    private static final String CLOSE = "Connection: close";
    private static final int RUNS = Rounds.runs(5);
    private static final int COLD_SECONDS = Rounds.seconds(15);
    private static final int WARMING_SECONDS = Rounds.seconds(90);
    private static final int SLICE_SECONDS = Rounds.seconds(10);

    /** What the first response may take beyond hello's first line. */
    private static final int NETWORK_MILLIS = 100;

    /** What it may have of the host's memory beyond a guest that does nothing. */
    private static final int SERVER_MEGABYTES = 32;

    private static final int OUR_MEGABYTES = 256;
    private static final int LEAST_MEGABYTES = 48;

    /** A JVM with both its compilers does not live in less. */
    private static final int PEER_MEGABYTES = 512;

    private static final double BYTES_PER_MEGABYTE = 1_000_000;

    private final Distribution distribution;
    private final LinuxPeer linux;

    HttpBenchmark(Distribution distribution, LinuxPeer linux) {
        this.distribution = distribution;
        this.linux = linux;
    }

    /** What one guest came to, a figure a run. */
    private static final class Figures {
        final List<Double> firstResponses = new ArrayList<>();
        final List<Double> cold = new ArrayList<>();
        final List<Double> coldSlowest = new ArrayList<>();
        final List<Double> warm = new ArrayList<>();
        final List<Double> warmSlowest = new ArrayList<>();
        final List<Double> closing = new ArrayList<>();
        double megabytes;
    }

    @Override
    public List<Result> run() throws Exception {
        Guest ours = ours();
        Guest peer = peer();
        EmptyGuest hello = new EmptyGuest(distribution);
        Figures our = new Figures();
        Figures their = new Figures();
        List<Double> firstLines = new ArrayList<>();
        try (TapNetwork network = ServerGuest.network()) {
            for (int run = 0; run < RUNS; run++) {
                firstLines.add(hello.firstLine(OUR_MEGABYTES));
                cold(ours, network, OUR_MEGABYTES, our);
                cold(peer, network, PEER_MEGABYTES, their);
            }
            warm(ours, network, OUR_MEGABYTES, our);
            warm(peer, network, PEER_MEGABYTES, their);
            ServerGuest.start(ours, NetworkCard.MICROVM, network, LEAST_MEGABYTES, PAGE).close();
        }
        return List.of(
                atLeast("http_cold_requests", our.cold, their.cold, 10),
                atMost("http_cold_p99_ms", our.coldSlowest, their.coldSlowest, 1),
                atLeast("http_warm_requests", our.warm, their.warm, 1.2),
                atMost("http_warm_p99_ms", our.warmSlowest, their.warmSlowest, 1),
                atLeast("http_close_requests", our.closing, their.closing, 1.2),
                Result.absolute(
                        "http_first_response_ms",
                        Medians.of(our.firstResponses),
                        Medians.of(their.firstResponses),
                        Medians.of(firstLines) + NETWORK_MILLIS),
                Result.absolute(
                        "http_resident_mb",
                        our.megabytes,
                        their.megabytes,
                        hello.emptyMegabytes(OUR_MEGABYTES) + SERVER_MEGABYTES),
                Result.figure("http_least_memory_mb", LEAST_MEGABYTES),
                Result.ratio(
                        "http_image_ratio",
                        ours.bytes() / BYTES_PER_MEGABYTE,
                        peer.bytes() / BYTES_PER_MEGABYTE,
                        1.0 / 5));
    }

    private static Result atLeast(
            String name, List<Double> ours, List<Double> theirs, double target) {
        return Result.atLeast(name, Medians.of(ours), Medians.of(theirs), target);
    }

    private static Result atMost(
            String name, List<Double> ours, List<Double> theirs, double target) {
        return Result.ratio(name, Medians.of(ours), Medians.of(theirs), target);
    }

    private Path project() {
        return distribution.root().resolve("examples/http");
    }

    private Guest ours() {
        return Guest.withoutRamDisk("Cortado", project().resolve("target/http.elf"))
                .with(NetworkCard.MICROVM.kernelWords(Integer.toString(ServerGuest.PORT), "quiet"));
    }

    private Guest peer() throws IOException, InterruptedException {
        List<Path> classPath = new ArrayList<>(List.of(project().resolve("target/classes")));
        try (Stream<Path> jars = Files.list(project().resolve("target/lib"))) {
            jars.sorted().forEach(classPath::add);
        }
        return linux.guest(
                LinuxProgram.server(
                        MAIN_CLASS,
                        classPath,
                        MODULES,
                        List.of(Integer.toString(ServerGuest.PORT), "quiet"),
                        LinuxDevices.NETWORK));
    }

    private static void cold(Guest guest, TapNetwork network, int megabytes, Figures figures)
            throws IOException, InterruptedException {
        try (ServerGuest server =
                ServerGuest.start(guest, NetworkCard.MICROVM, network, megabytes, PAGE)) {
            figures.firstResponses.add(server.firstResponse());
            Load load = Load.of(network, ServerGuest.url(PAGE), COLD_SECONDS);
            System.out.printf(
                    "%s: first response after %.0f ms, then %s%n",
                    guest.name(), server.firstResponse(), load);
            figures.cold.add(load.requests());
            figures.coldSlowest.add(load.slowest());
        }
    }

    private static void warm(Guest guest, TapNetwork network, int megabytes, Figures figures)
            throws IOException, InterruptedException {
        try (ServerGuest server =
                ServerGuest.start(guest, NetworkCard.MICROVM, network, megabytes, PAGE)) {
            String url = ServerGuest.url(PAGE);
            Load.of(network, url, WARMING_SECONDS);
            for (int run = 0; run < RUNS; run++) {
                Load load = Load.of(network, url, SLICE_SECONDS);
                figures.warm.add(load.requests());
                figures.warmSlowest.add(load.slowest());
                Load closing = Load.of(network, url, SLICE_SECONDS, CLOSE);
                figures.closing.add(closing.requests());
                System.out.printf("%s, warm: %s; closing: %s%n", guest.name(), load, closing);
            }
            figures.megabytes = server.residentMegabytes();
        }
    }
}
