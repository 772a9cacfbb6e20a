import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Messages between two threads, in the same run of one guest beside what java.util.concurrent has:
 * round trips in ticks of the time-stamp counter, and messages a second through a channel.
 */
final class IpcBenchmark implements Bench.Benchmark {
    private static final String MAIN_CLASS = "IpcGuest";
    private static final String PEER = "synchronous_queue";

    private final Path root;

    IpcBenchmark(Path root) {
        this.root = root;
    }

    @Override
    public List<Result> run() throws Exception {
        Path image = build();
        List<Result> results = new ArrayList<>();
        results.addAll(round("one", figures(image, 1)));
        results.addAll(round("two", figures(image, 2)));
        return results;
    }

    /** Beside the queue, and park and unpark; what has no target is there for comparison. */
    private static List<Result> round(String where, Map<String, double[]> figures) {
        double[] call = figures.get("endpoint_" + where);
        double[] queue = figures.get(PEER + "_" + where);
        double[] park = figures.get("park_" + where);
        double[] notification = figures.get("notification_" + where);
        double[] channel = figures.get("channel_" + where);
        double none = Double.NaN;
        double target = where.equals("one") ? 1.0 / 3 : none;
        return List.of(
                Result.ratio("ipc_call_" + where + "_p50", call[0], queue[0], target),
                Result.ratio("ipc_call_" + where + "_p99", call[1], queue[1], none),
                Result.ratio("ipc_call_park_" + where + "_p50", call[0], park[0], none),
                Result.ratio("ipc_notify_" + where + "_p50", notification[0], queue[0], none),
                Result.ratio("ipc_notify_" + where + "_p99", notification[1], queue[1], none),
                Result.absolute("ipc_channel_" + where + "_per_s", channel[0], Double.NaN, none));
    }

    private Path build() throws IOException, InterruptedException {
        Path work = Files.createDirectories(root.resolve("benchmarks/target/ipc"));
        Path distribution = root.resolve("image-builder/target/cortado");
        String jars;
        try (Stream<Path> files = Files.walk(distribution.resolve("lib"))) {
            jars =
                    files.map(Path::toString)
                            .filter(name -> name.endsWith(".jar"))
                            .sorted()
                            .collect(Collectors.joining(System.getProperty("path.separator")));
        }
        Path classes = work.resolve("classes");
        Path source = root.resolve("benchmarks/guest/" + MAIN_CLASS + ".java");
        Path javac = Path.of(System.getProperty("java.home"), "bin", "javac");
        output(javac.toString(), "-d", classes.toString(), "-cp", jars, source.toString());
        Path image = work.resolve("ipc.elf");
        output(
                launcher(),
                "build",
                "--class-path",
                classes.toString(),
                "--main-class",
                MAIN_CLASS,
                "--output",
                image.toString());
        return image;
    }

    private String launcher() {
        return root.resolve("image-builder/target/cortado/bin/cortado").toString();
    }

    /** What the guest says: a name, p50 and p99. */
    private Map<String, double[]> figures(Path image, int cpus) throws Exception {
        String console =
                output(
                        launcher(),
                        "run",
                        "--cpus",
                        Integer.toString(cpus),
                        "--memory",
                        "256M",
                        "--timeout",
                        "600",
                        image.toString());
        Map<String, double[]> figures = new HashMap<>();
        for (String line : console.lines().toList()) {
            String[] words = line.strip().split(" ");
            if (words.length == 4 && words[0].equals("FIGURE")) {
                System.out.println(line);
                figures.put(
                        words[1],
                        new double[] {Double.parseDouble(words[2]), Double.parseDouble(words[3])});
            }
        }
        return figures;
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + output);
        }
        return output;
    }
}
