package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.PageServer;
import dev.cortado.system.TapNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A page of 612 bytes from a loop that does nothing else, {@link PageServer}: beside Debian's nginx
 * on a Linux, and beside itself on a Linux's JVM, each after a time of load.
 */
final class PageBenchmark implements Bench.Benchmark {
    private static final String PAGE = "/index.html";
    private static final int PAGE_BYTES = 612;
    private static final int MEGABYTES = 256;

    /** A JVM with both its compilers does not live in less. */
    private static final int JVM_MEGABYTES = 512;

    private static final int RUNS = 5;
    private static final int WARMING_SECONDS = 90;
    private static final int SLICE_SECONDS = 10;
    private static final double LEAST_OF_NGINX = 0.5;
    private static final double LEAST_OF_JVM = 2;

    private static final String CONFIGURATION =
            """
            daemon off;
            user root;
            worker_processes 1;
            pid /tmp/nginx.pid;
            error_log stderr;
            events {
                worker_connections 1024;
            }
            http {
                access_log off;
                default_type text/html;
                keepalive_requests 1000000000;
                open_file_cache max=16;
                server {
                    listen %d;
                    root /www;
                }
            }
            """
                    .formatted(ServerGuest.PORT);

    private final Distribution distribution;
    private final LinuxPeer linux;

    PageBenchmark(Distribution distribution, LinuxPeer linux) {
        this.distribution = distribution;
        this.linux = linux;
    }

    /** What wrk found, a figure a run. */
    private record Loads(List<Double> requests, List<Double> slowest) {}

    @Override
    public List<Result> run() throws Exception {
        Guest ours = ours();
        Guest jvm = jvm();
        Guest nginx = nginx();
        try (TapNetwork network = ServerGuest.network()) {
            Loads our = loads(ours, network, MEGABYTES);
            Loads onJvm = loads(jvm, network, JVM_MEGABYTES);
            Loads ofNginx = loads(nginx, network, MEGABYTES);
            double requests = Medians.of(our.requests);
            double slowest = Medians.of(our.slowest);
            return List.of(
                    Result.atLeast(
                            "page_requests_nginx",
                            requests,
                            Medians.of(ofNginx.requests),
                            LEAST_OF_NGINX),
                    Result.atLeast(
                            "page_requests_jvm",
                            requests,
                            Medians.of(onJvm.requests),
                            LEAST_OF_JVM),
                    Result.comparison("page_p99_ms_nginx", slowest, Medians.of(ofNginx.slowest)),
                    Result.comparison("page_p99_ms_jvm", slowest, Medians.of(onJvm.slowest)));
        }
    }

    private static Loads loads(Guest guest, TapNetwork network, int megabytes)
            throws IOException, InterruptedException {
        Loads loads = new Loads(new ArrayList<>(), new ArrayList<>());
        try (ServerGuest server = ServerGuest.start(guest, network, megabytes, PAGE)) {
            System.out.printf(
                    "%s: first response after %.0f ms%n", guest.name(), server.firstResponse());
            String url = ServerGuest.url(PAGE);
            Load.of(network, url, Rounds.seconds(WARMING_SECONDS));
            for (int run = 0; run < Rounds.runs(RUNS); run++) {
                Load load = Load.of(network, url, Rounds.seconds(SLICE_SECONDS));
                System.out.printf("%s: %s%n", guest.name(), load);
                loads.requests.add(load.requests());
                loads.slowest.add(load.slowest());
            }
        }
        return loads;
    }

    private Guest ours() throws IOException, InterruptedException {
        return Guest.withoutRamDisk(
                        "Cortado", distribution.guest(PageServer.class, "page/page.elf"))
                .with(ServerGuest.kernelWords(Integer.toString(ServerGuest.PORT)));
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

    private Guest nginx() throws IOException, InterruptedException {
        return linux.guest(
                LinuxProgram.of(
                        Commands.find("nginx"),
                        "-c /etc/nginx.conf",
                        Map.of(
                                "etc/nginx.conf",
                                CONFIGURATION,
                                "etc/passwd",
                                "root:x:0:0:root:/:/bin/sh\n",
                                "etc/group",
                                "root:x:0:\n",
                                "www" + PAGE,
                                "x".repeat(PAGE_BYTES),
                                "var/lib/nginx/empty",
                                "",
                                "var/log/nginx/empty",
                                ""),
                        LinuxDevices.NETWORK));
    }
}
