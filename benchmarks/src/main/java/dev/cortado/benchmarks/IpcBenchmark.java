package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.IpcGuest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages between two threads, in the same run of one guest beside what java.util.concurrent has:
 * round trips in ticks of the time-stamp counter, and messages a second through a channel.
 */
final class IpcBenchmark implements Bench.Benchmark {
    private static final String PEER = "synchronous_queue";
    private static final double NONE = Double.NaN;

    /** On one CPU: of the queue's time, and how often two bare switches of the stack. */
    private static final double MOST_OF_QUEUE = 1.0 / 3;

    private static final double MOST_FLOORS = 4;

    /** Across CPUs: of the time of the queue, which spins before it waits. */
    private static final double MOST_OF_QUEUE_ACROSS = 1.5;

    private final Distribution distribution;

    IpcBenchmark(Distribution distribution) {
        this.distribution = distribution;
    }

    @Override
    public List<Result> run() throws Exception {
        Path image = distribution.guest(IpcGuest.class, "ipc/ipc.elf");
        List<Result> results = new ArrayList<>();
        Map<String, double[]> one = figures(image, 1);
        results.addAll(round("one", one, MOST_OF_QUEUE));
        results.add(
                Result.ratio(
                        "ipc_call_one_floors",
                        one.get("endpoint_one")[0],
                        one.get("bare_switches_one")[0],
                        MOST_FLOORS));
        results.addAll(round("two", figures(image, 2), MOST_OF_QUEUE_ACROSS));
        return results;
    }

    /** Beside the queue, and park and unpark; what has no target is there for comparison. */
    private static List<Result> round(
            String where, Map<String, double[]> figures, double mostOfQueue) {
        double[] call = figures.get("endpoint_" + where);
        double[] queue = figures.get(PEER + "_" + where);
        double[] park = figures.get("park_" + where);
        double[] notification = figures.get("notification_" + where);
        double[] channel = figures.get("channel_" + where);
        return List.of(
                Result.ratio("ipc_call_" + where + "_p50", call[0], queue[0], mostOfQueue),
                Result.ratio("ipc_call_" + where + "_p99", call[1], queue[1], NONE),
                Result.ratio("ipc_call_park_" + where + "_p50", call[0], park[0], NONE),
                Result.ratio("ipc_notify_" + where + "_p50", notification[0], queue[0], NONE),
                Result.ratio("ipc_notify_" + where + "_p99", notification[1], queue[1], NONE),
                Result.absolute("ipc_channel_" + where + "_per_s", channel[0], NONE, NONE));
    }

    /** What the guest says: a name, p50 and p99. */
    private Map<String, double[]> figures(Path image, int cpus) throws Exception {
        Map<String, double[]> figures = new HashMap<>();
        for (String line : distribution.run(image, cpus)) {
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
}
