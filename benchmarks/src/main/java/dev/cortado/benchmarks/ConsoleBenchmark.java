package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.ConsoleGuest;
import java.util.List;
import java.util.OptionalDouble;

/** 10 MiB on the console, a serial port, beside the same class on a Linux's JVM. */
final class ConsoleBenchmark implements Bench.Benchmark {
    private static final int MEGABYTES = 256;
    private static final int TIMEOUT_SECONDS = 600;

    private final Distribution distribution;
    private final LinuxPeer linux;

    ConsoleBenchmark(Distribution distribution, LinuxPeer linux) {
        this.distribution = distribution;
        this.linux = linux;
    }

    @Override
    public List<Result> run() throws Exception {
        Guest ours =
                Guest.withoutRamDisk(
                        "Cortado", distribution.guest(ConsoleGuest.class, "console/console.elf"));
        Guest peer = linux.guest(distribution.guests(), ConsoleGuest.class.getName());
        return List.of(Result.atLeast("console_kib_per_s", kibibytes(ours), kibibytes(peer), 1));
    }

    private static double kibibytes(Guest guest) throws Exception {
        OptionalDouble begin = guest.bootUntil(ConsoleGuest.BEGIN, MEGABYTES, TIMEOUT_SECONDS);
        OptionalDouble end = guest.bootUntil(ConsoleGuest.END, MEGABYTES, TIMEOUT_SECONDS);
        if (begin.isEmpty() || end.isEmpty()) {
            return Double.NaN;
        }
        double seconds = (end.getAsDouble() - begin.getAsDouble()) / 1e3;
        System.out.printf("%s: 10 MiB in %.2f s%n", guest.name(), seconds);
        return ConsoleGuest.BYTES / 1024.0 / seconds;
    }
}
