package dev.cortado.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the benchmarks that are named on the command line; started by the script at the root. */
final class Bench {
    /** One benchmark: measures Cortado and a peer and says what came out. */
    interface Benchmark {
        List<Result> run() throws Exception;
    }

    private Bench() {}

    public static void main(String[] args) throws Exception {
        Distribution distribution = new Distribution(Path.of(args[0]));
        LinuxPeer linux = new LinuxPeer(Path.of(args[1]), Path.of(args[3]), Machine.MICROVM);
        LinuxPeer pcLinux = new LinuxPeer(Path.of(args[2]), Path.of(args[3]), Machine.PC);
        Map<String, Benchmark> benchmarks = new LinkedHashMap<>();
        benchmarks.put("hello", new HelloBenchmark(distribution, linux));
        benchmarks.put("kernel", new KernelBenchmark(distribution));
        benchmarks.put("ipc", new IpcBenchmark(distribution));
        Path peers = Path.of(args[1]).getParent();
        benchmarks.put("xen", new XenBenchmark(distribution, peers, linux));
        benchmarks.put("http", new HttpBenchmark(distribution, linux));
        benchmarks.put("http-page", new PageBenchmark(distribution, linux));
        benchmarks.put("http-cards", new CardsBenchmark(distribution, pcLinux));
        benchmarks.put("boot", new BootBenchmark(distribution, linux));
        benchmarks.put("tcp", new SocketBenchmark(distribution, linux, "tcp_"));
        benchmarks.put("rtt", new SocketBenchmark(distribution, linux, "rtt_"));
        benchmarks.put("disk", new DiskBenchmark(distribution, linux));
        benchmarks.put("block", new BlockBenchmark(distribution, linux));
        benchmarks.put("console", new ConsoleBenchmark(distribution, linux));
        benchmarks.put("xen-ipc", new XenIpcBenchmark(distribution));

        List<String> names = List.of(args).subList(4, args.length);
        if (names.isEmpty()) {
            System.err.println(
                    "usage: ./bench NAME... or ./bench all; names: " + benchmarks.keySet());
            System.exit(2);
        }
        for (String name : names.contains("all") ? List.copyOf(benchmarks.keySet()) : names) {
            Benchmark benchmark = benchmarks.get(name);
            if (benchmark == null) {
                System.err.println(
                        "error: no benchmark '" + name + "'; there are: " + benchmarks.keySet());
                System.exit(2);
            }
            Result.print(name, benchmark.run());
        }
    }
}
