package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.KernelGuest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the kernel's own work takes, measured inside the guest; there is no peer. */
final class KernelBenchmark implements Bench.Benchmark {
    private static final String MARK = "LATENCY ";
    private static final double MOST_IDLE_WAKE_UPS = 20;

    private final Distribution distribution;

    KernelBenchmark(Distribution distribution) {
        this.distribution = distribution;
    }

    @Override
    public List<Result> run() throws Exception {
        Path image = distribution.guest(KernelGuest.class, "kernel/kernel.elf");
        List<Result> results = new ArrayList<>();
        for (int cpus : List.of(1, 2)) {
            for (String line : distribution.run(image, cpus)) {
                if (line.startsWith(MARK)) {
                    results.addAll(results(cpus, line.substring(MARK.length()).split(" ")));
                }
            }
        }
        if (results.isEmpty()) {
            throw new IOException("the guest measured nothing");
        }
        return results;
    }

    /** From "name p50 p99 max unit". */
    private static List<Result> results(int cpus, String[] words) {
        String name = "kernel_" + cpus + "cpu_" + words[0];
        if (words[0].equals("idle_wake_ups")) {
            double perSecond = Double.parseDouble(words[1]);
            return List.of(Result.absolute(name, perSecond, Double.NaN, MOST_IDLE_WAKE_UPS));
        }
        List<Result> results = new ArrayList<>();
        List<String> quantiles = List.of("p50", "p99", "max");
        for (int i = 0; i < quantiles.size(); i++) {
            String full = name + "_" + quantiles.get(i) + "_" + words[4];
            results.add(Result.figure(full, Double.parseDouble(words[1 + i])));
        }
        return results;
    }
}
