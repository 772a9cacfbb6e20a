package dev.cortado.benchmarks;

import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainConfiguration;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.XenHost;
import dev.cortado.system.xen.lab.XenLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages of 64 bytes between two domUs of real Xen: one after the other through a channel, and
 * calls of an endpoint with their replies.
 */
final class XenIpcBenchmark implements Bench.Benchmark {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Pattern MESSAGES = Pattern.compile("messages \\d+ right, ns each (\\d+)");
    private static final Pattern CALLS = Pattern.compile("calls \\d+ right, ns each (\\d+)");

    private final Distribution distribution;

    XenIpcBenchmark(Distribution distribution) {
        this.distribution = distribution;
    }

    @Override
    public List<Result> run() throws Exception {
        Path image =
                distribution.build(
                        distribution.root().resolve("system-tests/target/classes"),
                        "dev.cortado.system.guest.xen.XenProbes",
                        "xen-pvh",
                        distribution.output("xen-ipc/domains.elf"));
        try (XenHost host =
                XenLab.in(distribution.root().resolve("system-tests/target/xenlab")).start()) {
            Domain client = create(host, image, "client", "client 1000000 20000");
            Domain service = create(host, image, "service", "service " + client.id());
            service.awaitConsole("serving as domain", PATIENCE);
            client.awaitConsole("client as domain", PATIENCE);
            host.check(
                    "xenstore-write /local/domain/%d/data/peer %d"
                            .formatted(client.id(), service.id()));
            String console = client.awaitConsole("connected to domain", PATIENCE);
            double message = figure(console, MESSAGES);
            return List.of(
                    Result.figure("xen_ipc_messages_per_s", 1e9 / message),
                    Result.figure("xen_ipc_round_trip_us", figure(console, CALLS) / 1000));
        }
    }

    private static Domain create(XenHost host, Path image, String name, String arguments) {
        return host.create(
                new DomainConfiguration(DomainType.PVH, image)
                        .named(name)
                        .memory(64)
                        .arguments(arguments));
    }

    private static double figure(String console, Pattern pattern) {
        Matcher matcher = pattern.matcher(console);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in:\n" + console);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
