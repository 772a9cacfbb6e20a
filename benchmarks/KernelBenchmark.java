import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel's own work takes, measured inside the guest by the probe "latencies" of
 * system-tests; there is no peer.
 */
final class KernelBenchmark implements Bench.Benchmark {
    private static final String MAIN_CLASS = "dev.cortado.system.guest.Probes";
    private static final String MARK = "LATENCY ";
    private static final double MOST_IDLE_WAKE_UPS = 20;

    private final Path root;

    KernelBenchmark(Path root) {
        this.root = root;
    }

    @Override
    public List<Result> run() throws Exception {
        Path image = root.resolve("benchmarks/target/probes.elf");
        Files.createDirectories(image.getParent());
        String classes = root.resolve("system-tests/target/classes").toString();
        cortado("build", "-cp", classes, "-m", MAIN_CLASS, "-o", image.toString());
        List<Result> results = new ArrayList<>();
        for (String cpus : List.of("1", "2")) {
            List<String> console =
                    cortado("run", "--cpus", cpus, image.toString(), "--", "latencies");
            for (String line : console) {
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
    private static List<Result> results(String cpus, String[] words) {
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

    private List<String> cortado(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(root.resolve("cortado").toString()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> lines = process.inputReader().lines().toList();
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed:\n" + String.join("\n", lines));
        }
        return lines;
    }
}
