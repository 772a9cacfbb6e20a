package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.PageServer;
import dev.cortado.system.TapNetwork;
import java.io.IOException;
import java.util.List;

/**
 * A page of 612 bytes from a loop that does nothing else, {@link PageServer}: beside Debian's nginx
 * on a Linux, and beside itself on a Linux's JVM, each after a time of load.
 */
final class PageBenchmark implements Bench.Benchmark {
    private static final int MEGABYTES = 256;

    /** A JVM with both its compilers does not live in less. */
    private static final int JVM_MEGABYTES = 512;

    private static final int RUNS = 5;
    private static final int WARMING_SECONDS = 90;
    private static final double LEAST_OF_NGINX = 0.5;
    private static final double LEAST_OF_JVM = 2;

    private final Distribution distribution;
    private final LinuxPeer linux;

    PageBenchmark(Distribution distribution, LinuxPeer linux) {
        this.distribution = distribution;
        this.linux = linux;
    }

    @Override
    public List<Result> run() throws Exception {
        Guest ours = ours();
        Guest jvm = jvm();
        Guest nginx = linux.guest(Nginx.program(LinuxDevices.NETWORK));
        try (TapNetwork network = ServerGuest.network()) {
            PageLoads our = loads(ours, network, MEGABYTES);
            PageLoads onJvm = loads(jvm, network, JVM_MEGABYTES);
            PageLoads ofNginx = loads(nginx, network, MEGABYTES);
            double requests = Medians.of(our.requests());
            double slowest = Medians.of(our.slowest());
            return List.of(
                    Result.atLeast(
                            "page_requests_nginx",
                            requests,
                            Medians.of(ofNginx.requests()),
                            LEAST_OF_NGINX),
                    Result.atLeast(
                            "page_requests_jvm",
                            requests,
                            Medians.of(onJvm.requests()),
                            LEAST_OF_JVM),
                    Result.comparison("page_p99_ms_nginx", slowest, Medians.of(ofNginx.slowest())),
                    Result.comparison("page_p99_ms_jvm", slowest, Medians.of(onJvm.slowest())));
        }
    }

    private static PageLoads loads(Guest guest, TapNetwork network, int megabytes)
            throws IOException, InterruptedException {
        return PageLoads.of(
                guest,
                NetworkCard.MICROVM,
                network,
                megabytes,
                Rounds.seconds(WARMING_SECONDS),
                Rounds.runs(RUNS));
    }

    private Guest ours() throws IOException, InterruptedException {
        return Guest.withoutRamDisk(
                        "Cortado", distribution.guest(PageServer.class, "page/page.elf"))
                .with(NetworkCard.MICROVM.kernelWords(Integer.toString(ServerGuest.PORT)));
    }

    private Guest jvm() throws IOException, InterruptedException {
        return linux.guest(
                LinuxProgram.server(
                        PageServer.class.getName(),
                        List.of(distribution.guests()),
                        "java.base",
                        List.of(Integer.toString(ServerGuest.PORT)),
                        LinuxDevices.NETWORK));
    }
}
