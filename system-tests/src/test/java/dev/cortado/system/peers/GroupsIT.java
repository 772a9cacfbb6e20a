package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.TapNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a bridge of Linux's that listens learns of a guest's groups, and asks for. For root. */
@EnabledIfSystemProperty(named = "cortado.peers", matches = "true")
final class GroupsIT {
    private static final int GUEST = 2;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long PAUSE_MILLIS = 200;

    /** Hundredths of a second: it asks every ten seconds. */
    private static final String[] QUERIER = {
        "mcast_snooping",
        "1",
        "mcast_querier",
        "1",
        "mcast_stats_enabled",
        "1",
        "mcast_igmp_version",
        "3",
        "mcast_mld_version",
        "2",
        "mcast_query_interval",
        "1000",
        "mcast_query_response_interval",
        "400",
        "mcast_startup_query_interval",
        "300",
        "mcast_membership_interval",
        "1500"
    };

    private static void addBridge(TapNetwork network) {
        network.run("ip", "link", "add", "br0", "type", "bridge");
        List<String> command =
                new ArrayList<>(List.of("ip", "link", "set", "br0", "type", "bridge"));
        command.addAll(Arrays.asList(QUERIER));
        network.run(command.toArray(String[]::new));
        network.run("ip", "addr", "flush", "dev", "tap0");
        network.run("ip", "link", "set", "tap0", "master", "br0");
        network.run("ip", "addr", "add", TapNetwork.HOST + "/24", "dev", "br0");
        network.run("ip", "link", "set", "br0", "up");
    }

    /** What the bridge knows of the guest's groups, without times. */
    private static Set<String> known(TapNetwork network) {
        return network.run("bridge", "-d", "mdb", "show")
                .lines()
                .filter(line -> line.contains("port tap0"))
                .map(line -> line.replaceAll("^.* grp ", "").replaceAll("/[0-9.]+", ""))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    private static void await(TapNetwork network, List<String> expected) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Set<String> known = known(network);
        while (!isIn(known, expected)) {
            assertTrue(System.nanoTime() < deadline, expected + " are not all in " + known);
            Thread.sleep(PAUSE_MILLIS);
            known = known(network);
        }
    }

    private static boolean isIn(Set<String> known, List<String> expected) {
        return expected.stream()
                .allMatch(each -> known.stream().anyMatch(line -> line.startsWith(each)));
    }

    /** IGMPv3 and MLDv2, with sources; what is not told again in time is forgotten there. */
    @Test
    void groupsAndTheirSources() throws Exception {
        List<String> expected =
                List.of(
                        "239.1.2.3 temp filter_mode exclude",
                        "239.1.2.4 temp filter_mode include source_list 10.77.0.9",
                        "ff05::99 temp filter_mode exclude",
                        "ff05::98 temp filter_mode include source_list fd77::9",
                        "ff02::1:ff");
        try (TapNetwork network = new TapNetwork("groups", 1500)) {
            addBridge(network);
            try (CortadoGuest guest =
                    new CortadoGuest(
                            TapNetwork.netdev(),
                            network::inside,
                            GUEST,
                            TapNetwork.WORD,
                            "join=239.1.2.3",
                            "join=239.1.2.4=10.77.0.9",
                            "join=ff05::99",
                            "join=ff05::98=fd77::9")) {
                guest.await("serving");
                await(network, expected);
                // Three times the bridge's patience: it has asked, and was answered.
                Thread.sleep(TimeUnit.SECONDS.toMillis(45));
                Set<String> known = known(network);
                assertTrue(isIn(known, expected), expected + " are not all in " + known);
                String statistics =
                        network.run("ip", "link", "xstats", "type", "bridge_slave", "dev", "tap0");
                assertTrue(statistics.contains("IGMP parse errors: 0"), statistics);
                assertTrue(statistics.contains("MLD parse errors: 0"), statistics);
            }
        }
    }
}
