package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.Session;
import dev.cortado.system.TapNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A guest whose addresses come from others: dnsmasq; kea and radvd. For root. */
@EnabledIfSystemProperty(named = "cortado.peers", matches = "true")
final class AddressServersIT {
    private static final int GUEST = 2;
    private static final String TAP = "tap0";

    /** Seconds of leases: short ones, so that the guest renews them. */
    private static final int LEASE = 120;

    @TempDir Path directory;

    private static void assumeTool(String name) {
        boolean isThere =
                List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
                        .anyMatch(place -> Files.isExecutable(Path.of(place, name)));
        Assumptions.assumeTrue(isThere, "there is no " + name);
    }

    private static Session start(TapNetwork network, String... command) {
        return new Session(network.inside(List.of(command)));
    }

    private CortadoGuest guest(TapNetwork network, Path capture, String... arguments) {
        // A capture has what QEMU gets: without that option, a header of virtio's before each
        // frame.
        List<String> netdev = new ArrayList<>();
        TapNetwork.netdev()
                .forEach(word ->
                        netdev.add(word.startsWith("tap,") ? word + ",vnet_hdr=off" : word));
        netdev.addAll(List.of("-object", "filter-dump,id=dump,netdev=net,file=" + capture));
        return new CortadoGuest(netdev, network::inside, GUEST, "", arguments);
    }

    private static void checkCapture(Path capture) {
        assertEquals(List.of(), Captures.wrong(capture, LinuxGuest.hardwareAddress(GUEST)));
    }

    private static String[] dnsmasq(Path directory, String ipv6Range) {
        return new String[] {
            "dnsmasq",
            "--keep-in-foreground",
            "--conf-file=/dev/null",
            "--no-resolv",
            "--no-hosts",
            "--interface=" + TAP,
            "--bind-interfaces",
            "--dhcp-range=10.77.0.50,10.77.0.60," + LEASE,
            "--dhcp-range=" + ipv6Range,
            "--enable-ra",
            "--domain=peers.example",
            "--dhcp-option=option6:domain-search,peers.example",
            "--address=/name.peers.example/10.77.0.9",
            "--dhcp-leasefile=" + directory.resolve("leases"),
            "--pid-file=" + directory.resolve("pid"),
            "--log-dhcp",
            "--log-facility=-",
        };
    }

    /** Addresses of both IPs, and their renewal; and the name that only the search list makes. */
    @Test
    void dnsmasqWithAddresses() throws IOException {
        assumeTool("dnsmasq");
        Path capture = Captures.file("dnsmasq-addresses");
        try (TapNetwork network = new TapNetwork("dns", 1500);
                Session server =
                        start(network, dnsmasq(directory, "fd77::50,fd77::60,64," + LEASE))) {
            server.await("started");
            try (CortadoGuest guest =
                    guest(network, capture, "join=239.1.2.3", "join=ff05::99", "resolve=name")) {
                guest.await("name is [name/10.77.0.9]");
                String said = guest.await("(DHCPv6 from fe80:");
                assertTrue(said.contains("(DHCP from 10.77.0.1)"), said);
                server.await("DHCPRENEW(" + TAP + ")");
                network.run("ping", "-c", "1", "-W", "20", address(said, "fd77::"));
            }
        }
        checkCapture(capture);
    }

    /** The address of the guest's that begins so. */
    private static String address(String said, String begin) {
        int at = said.lastIndexOf(begin);
        return said.substring(at, said.indexOf('/', at));
    }

    /** Addresses from the router, and all else from the server. */
    @Test
    void dnsmasqWithoutAddresses() throws IOException {
        assumeTool("dnsmasq");
        Path capture = Captures.file("dnsmasq-stateless");
        try (TapNetwork network = new TapNetwork("dns", 1500);
                Session server =
                        start(network, dnsmasq(directory, "fd77::,ra-stateless,64," + LEASE))) {
            server.await("started");
            try (CortadoGuest guest = guest(network, capture, "resolve=name")) {
                String said = guest.await("(router)");
                server.await("DHCPINFORMATION-REQUEST");
                network.run("ping", "-c", "1", "-W", "20", address(said, "fd77::"));
            }
        }
        checkCapture(capture);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void keaAndRadvd() throws IOException {
        for (String tool : List.of("kea-dhcp4", "kea-dhcp6", "radvd")) {
            assumeTool(tool);
        }
        Path capture = Captures.file("kea");
        try (TapNetwork network = new TapNetwork("kea", 1500);
                Session router = start(network, radvd());
                Session server6 = start(network, "kea-dhcp6", "-c", kea6().toString());
                Session server4 = start(network, "kea-dhcp4", "-c", kea4().toString())) {
            server6.await("DHCP6_STARTED");
            server4.await("DHCP4_STARTED");
            try (CortadoGuest guest = guest(network, capture, "join=239.1.2.3=10.77.0.9")) {
                guest.await("joined");
                String said = guest.await("(DHCPv6 from fe80:");
                assertTrue(said.contains("fd77::a00/128"), said);
                server6.await("DHCP6_LEASE_RENEW");
                network.run("ping", "-c", "1", "-W", "20", "fd77::a00");
            }
        }
        checkCapture(capture);
    }

    private String[] radvd() throws IOException {
        Path configuration =
                file(
                        "radvd.conf",
                        """
                        interface %s {
                            AdvSendAdvert on;
                            AdvManagedFlag on;
                            AdvOtherConfigFlag on;
                            MaxRtrAdvInterval 10;
                            prefix fd77::/64 { };
                        };
                        """
                                .formatted(TAP));
        String pid = directory.resolve("radvd.pid").toString();
        return new String[] {
            "radvd", "--nodaemon", "-C", configuration.toString(), "-p", pid, "-m", "stderr"
        };
    }

    /** Without retries it would not see that the tap comes up with the guest. */
    private Path kea6() throws IOException {
        return file(
                "kea6.json",
                """
                {"Dhcp6": {
                  "interfaces-config": {"interfaces": ["%s"],
                    "service-sockets-max-retries": 200, "service-sockets-retry-wait-time": 500},
                  "lease-database": {"type": "memfile", "persist": false},
                  "preferred-lifetime": 80, "valid-lifetime": 120,
                  "renew-timer": 35, "rebind-timer": 60,
                  "option-data": [{"name": "domain-search", "data": "one.example, two.example"}],
                  "subnet6": [{"id": 1, "subnet": "fd77::/64", "interface": "%s",
                    "pools": [{"pool": "fd77::a00 - fd77::aff"}]}],
                  "loggers": [{"name": "kea-dhcp6", "severity": "INFO",
                    "output_options": [{"output": "stdout"}]}]}}
                """
                        .formatted(TAP, TAP));
    }

    private Path kea4() throws IOException {
        return file(
                "kea4.json",
                """
                {"Dhcp4": {
                  "interfaces-config": {"interfaces": ["%s"],
                    "service-sockets-max-retries": 200, "service-sockets-retry-wait-time": 500},
                  "lease-database": {"type": "memfile", "persist": false},
                  "valid-lifetime": 120, "renew-timer": 35, "rebind-timer": 60,
                  "option-data": [{"name": "routers", "data": "10.77.0.1"}],
                  "subnet4": [{"id": 1, "subnet": "10.77.0.0/24", "interface": "%s",
                    "pools": [{"pool": "10.77.0.100 - 10.77.0.110"}]}],
                  "loggers": [{"name": "kea-dhcp4", "severity": "INFO",
                    "output_options": [{"output": "stdout"}]}]}}
                """
                        .formatted(TAP, TAP));
    }
}
