package dev.cortado.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** examples/hello: how soon it speaks, how large it is, and how little memory it needs. */
final class HelloBenchmark implements Bench.Benchmark {
    private static final String FIRST_LINE = "Hello from Cortado";
    private static final String MAIN_CLASS = "dev.cortado.examples.hello.Hello";
    private static final int RUNS = 7;
    private static final int MEGABYTES = 256;
    private static final int TIMEOUT_SECONDS = 60;
    private static final double BYTES_PER_MEGABYTE = 1_000_000;

    /** How many times its floor the first line may take. */
    private static final double MOST_FLOORS = 1.5;

    private final Distribution distribution;
    private final Path project;
    private final LinuxPeer linux;

    HelloBenchmark(Distribution distribution, LinuxPeer linux) {
        this.distribution = distribution;
        this.project = distribution.root().resolve("examples/hello");
        this.linux = linux;
    }

    @Override
    public List<Result> run() throws Exception {
        Guest ours = Guest.withoutRamDisk("Cortado", project.resolve("target/hello.elf"));
        Path floorImage =
                HelloFloor.create(
                        ours.kernel(), FIRST_LINE, distribution.output("hello/floor.elf"));
        Guest floor = Guest.withoutRamDisk("Floor", floorImage);
        Guest peer = linux.guest(project.resolve("target/classes"), MAIN_CLASS);

        List<Double> ourTimes = new ArrayList<>();
        List<Double> floorTimes = new ArrayList<>();
        List<Double> peerTimes = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            ourTimes.add(time(ours));
            floorTimes.add(time(floor));
            peerTimes.add(time(peer));
        }
        double ourTime = Medians.of(ourTimes);
        double ourMegabytes = ours.bytes() / BYTES_PER_MEGABYTE;
        double peerMegabytes = peer.bytes() / BYTES_PER_MEGABYTE;
        return List.of(
                Result.ratio("hello_first_line_ms", ourTime, Medians.of(peerTimes), 1.0 / 8),
                Result.ratio(
                        "hello_first_line_floors", ourTime, Medians.of(floorTimes), MOST_FLOORS),
                Result.absolute("hello_image_mb", ourMegabytes, peerMegabytes, 12),
                Result.ratio("hello_image_ratio", ourMegabytes, peerMegabytes, 1.0 / 6),
                Result.absolute(
                        "hello_memory_mb",
                        leastMemory(ours, 8, 12, 16, 20, 24, 28, 32, 48, 64, 128),
                        leastMemory(peer, 160, 192, 224, 256),
                        32));
    }

    /** Linux under software emulation hangs in some boots before its clock runs: those are told. */
    private static double time(Guest guest) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 3; attempt++) {
            OptionalDouble time = guest.bootUntil(FIRST_LINE, MEGABYTES, TIMEOUT_SECONDS);
            if (time.isPresent()) {
                System.out.printf(
                        "%s: first line after %.1f ms%n", guest.name(), time.getAsDouble());
                return time.getAsDouble();
            }
            System.out.printf("%s: no line within %d s%n", guest.name(), TIMEOUT_SECONDS);
        }
        return Double.NaN;
    }

    private static double leastMemory(Guest guest, int... ladder)
            throws IOException, InterruptedException {
        for (int megabytes : ladder) {
            if (guest.bootUntil(FIRST_LINE, megabytes, 20).isPresent()) {
                return megabytes;
            }
        }
        return Double.NaN;
    }
}
