package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A site on a PC of any kind, by each network card that QEMU has a model of. */
@EnabledIfSystemProperty(
        named = "cortado.cards",
        matches = "true",
        disabledReason = "an image of its own, which takes some minutes more")
final class PcNetworkIT {
    private static final int BODY_BYTES = 8 << 20;
    private static final String HELLO = "Hello, card\n";
    private static final int DEATHS = 3;
    private static final int MANY_DEATHS = Integer.getInteger("cortado.network.deaths", 5);
    private static final int CLIENTS = 4;
    private static final String SECONDS = "60";

    /** TCP waits twice as long after each try that came when there was no driver. */
    private static final String SECONDS_WITH_DEATHS = "300";

    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_MILLIS = 500;

    /** A body is in a request, in an answer and in two buffers of the server's at the same time. */
    private static final String MEMORY_FOR_CLIENTS = "512M";

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");

    /** RFC 2131, 3: what all messages of DHCP have. */
    private static final String DHCP_COOKIE =
            HexFormat.of().formatHex(new byte[] {99, -126, 83, 99});

    private static Path image;

    @TempDir Path directory;

    @BeforeAll
    static void build() {
        for (String tool : List.of("curl", "wrk", "dnsmasq")) {
            assumeTrue(hasTool(tool), tool + " is missing");
        }
        image = Cortado.build(Program.cards(), "bare", "--target", "bare");
    }

    private static boolean hasTool(String name) {
        return Outcome.of(List.of("sh", "-c", "command -v " + name), "").exitCode() == 0;
    }

    /** A PC that boots the image's disk, which may be anywhere. */
    private List<String> machine(String machine, int cpus, String device) {
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-machine", machine));
        command.addAll(List.of("-smp", Integer.toString(cpus), "-accel", "tcg", "-cpu", "max"));
        command.addAll(List.of("-m", "256M", "-nodefaults", "-no-reboot", "-display", "none"));
        command.addAll(List.of("-serial", "stdio", "-device", device + ",netdev=net,romfile="));
        String drive = "if=none,id=boot,format=raw,snapshot=on,file=" + image;
        command.addAll(List.of("-drive", drive, "-device", "ide-hd,drive=boot,bootindex=0"));
        command.addAll(List.of("-monitor", "unix:" + monitor() + ",server=on,wait=off"));
        return command;
    }

    /** Who gives the guest its address. */
    private Session addresses(TapNetwork network) {
        String range = String.join(",", TapNetwork.GUEST, TapNetwork.GUEST, "255.255.255.0");
        List<String> command = new ArrayList<>(List.of("dnsmasq", "--keep-in-foreground"));
        command.addAll(List.of("--conf-file=/dev/null", "--user=root", "--port=0", "--no-ping"));
        command.addAll(List.of("--pid-file=", "--dhcp-leasefile=" + directory.resolve("leases")));
        command.addAll(List.of("--log-facility=-", "--dhcp-range=" + range));
        return new Session(network.inside(command));
    }

    private Path monitor() {
        return directory.resolve("monitor");
    }

    @ParameterizedTest
    @CsvSource({
        "pc, 1, e1000",
        "q35, 4, e1000",
        "pc, 4, e1000-82545em",
        "q35, 1, e1000e",
        "q35, 4, e1000e",
        "pc, 1, vmxnet3",
        "q35, 4, vmxnet3",
        "pc, 1, tulip",
        "q35, 4, tulip",
    })
    void answersByATap(String machine, int cpus, String device) throws Exception {
        try (TapNetwork network = new TapNetwork("cards", 1500);
                Session server = addresses(network)) {
            server.await("DHCP, IP range");
            List<String> command = machine(machine, cpus, device);
            command.addAll(TapNetwork.netdev());
            try (Session guest = new Session(network.inside(command));
                    QemuMonitor monitor = new QemuMonitor(monitor())) {
                guest.await("cortado: eth0 " + TapNetwork.GUEST + "/24");
                guest.await("Listening on port 8080");
                String site = "http://" + TapNetwork.GUEST + ":8080";
                answersAreRight(network, site);
                largeBodiesComeBack(network, site);
                for (int bytes : new int[] {0, 17, 18, 1000, 1472, 20_000}) {
                    network.ping(TapNetwork.GUEST, bytes, 2);
                }
                manyRequests(network, site);
                aDriverDies(network, site, guest);
                monitor.run("set_link net off");
                monitor.run("set_link net on");
                // A link takes half a second to come, and what is sent before is lost.
                answersAreRight(network, site);
                network.ping(TapNetwork.GUEST, 56, 5);
                monitor.run("system_powerdown");
                Outcome outcome = guest.awaitEnd();
                assertTrue(outcome.console().contains("Stopped"), outcome.console());
            }
        }
    }

    private static void answersAreRight(TapNetwork network, String site) {
        assertEquals(HELLO, network.run("curl", "-sS", "-m", SECONDS, site + "/"));
    }

    private void largeBodiesComeBack(TapNetwork network, String site) throws IOException {
        largeBodiesComeBack(network, site, 1, SECONDS);
    }

    private void largeBodiesComeBack(TapNetwork network, String site, int client, String seconds)
            throws IOException {
        byte[] body = new byte[BODY_BYTES];
        new Random(client).nextBytes(body);
        Path out = Files.write(directory.resolve("out" + client), body);
        Path in = directory.resolve("in" + client);
        network.run(
                "curl",
                "-sS",
                "-m",
                seconds,
                "-H",
                "Expect:",
                "--data-binary",
                "@" + out,
                "-o",
                in.toString(),
                site + "/echo");
        assertArrayEquals(body, Files.readAllBytes(in));
    }

    private static void manyRequests(TapNetwork network, String site) {
        String said = network.run("wrk", "-t1", "-c8", "-d3s", "--timeout", "20s", site + "/");
        Matcher requests = REQUESTS.matcher(said);
        assertTrue(requests.find() && Integer.parseInt(requests.group(1)) > 100, said);
        assertTrue(!said.contains("Socket errors") && !said.contains("Non-2xx"), said);
    }

    /** Those that wait for an answer get it from the next driver. */
    private void aDriverDies(TapNetwork network, String site, Session guest) throws IOException {
        for (int i = 0; i < DEATHS; i++) {
            guest.type("");
            assertEquals("killed 1\n", network.run("curl", "-sS", "-m", SECONDS, site + "/kill"));
            largeBodiesComeBack(network, site);
            guest.await("has died and is started again");
        }
    }

    /**
     * Whatever its driver is doing when it dies, no connection notices: with {@code
     * -Dcortado.network.deaths=100} a hundred times.
     */
    @ParameterizedTest
    @CsvSource({
        "q35, 1, virtio-net-pci",
        "q35, 4, virtio-net-pci",
        "pc, 1, e1000",
        "pc, 4, e1000e",
        "q35, 4, vmxnet3",
        "q35, 4, tulip"
    })
    void connectionsOutliveDrivers(String machine, int cpus, String device) throws Exception {
        try (TapNetwork network = new TapNetwork("deaths", 1500);
                Session server = addresses(network)) {
            server.await("DHCP, IP range");
            List<String> command = machine(machine, cpus, device);
            command.addAll(List.of("-m", MEMORY_FOR_CLIENTS));
            command.addAll(TapNetwork.netdev());
            try (Session guest = new Session(network.inside(command));
                    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
                guest.await("Listening on port 8080");
                String site = "http://" + TapNetwork.GUEST + ":8080";
                answersAreRight(network, site);
                AtomicBoolean isOver = new AtomicBoolean();
                List<Future<Integer>> runs = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    int client = i;
                    runs.add(clients.submit(() -> untilOver(isOver, network, site, client)));
                }
                network.run("curl", "-sS", "-m", SECONDS, site + "/deaths/" + MANY_DEATHS);
                try {
                    String console = "";
                    for (int i = 1; i <= MANY_DEATHS; i++) {
                        console = guest.await("Killed " + i + " of " + MANY_DEATHS + "\n");
                    }
                    int deaths = console.split("has died and is started again", -1).length - 1;
                    assertTrue(deaths >= MANY_DEATHS, deaths + " have died");
                } finally {
                    isOver.set(true);
                }
                for (Future<Integer> run : runs) {
                    int times = assertDoesNotThrow(() -> run.get(), () -> lastWords(guest));
                    assertTrue(times > 0);
                }
                answersAreRight(network, site);
            }
        }
    }

    private static String lastWords(Session guest) {
        guest.kill();
        return guest.awaitEnd().console();
    }

    private int untilOver(AtomicBoolean isOver, TapNetwork network, String site, int client)
            throws IOException {
        int times = 0;
        while (!isOver.get() || times == 0) {
            largeBodiesComeBack(network, site, client, SECONDS_WITH_DEATHS);
            times++;
        }
        return times;
    }

    /** A link that comes again makes the guest ask again for its address. */
    @ParameterizedTest
    @ValueSource(strings = {"e1000", "e1000e", "vmxnet3"})
    void hearsOfItsLink(String device) throws Exception {
        Path capture = directory.resolve("capture.pcap");
        int port = freePort();
        List<String> command = machine("q35", 2, device);
        command.addAll(List.of("-netdev", "user,id=net,hostfwd=tcp:127.0.0.1:" + port + "-:8080"));
        command.addAll(List.of("-object", "filter-dump,id=dump,netdev=net,file=" + capture));
        try (Session guest = new Session(command);
                QemuMonitor monitor = new QemuMonitor(monitor())) {
            guest.await("cortado: eth0 10.0.2.15/24 gateway 10.0.2.2 (DHCP from 10.0.2.2)");
            guest.await("Listening on port 8080");
            int before = messages(capture);
            monitor.run("set_link net off");
            Thread.sleep(PAUSE_MILLIS); // the card says it to the guest
            monitor.run("set_link net on");
            long deadline = System.nanoTime() + DEADLINE_NANOS;
            while (messages(capture) <= before) {
                assertTrue(System.nanoTime() < deadline, "it asks for nothing");
                Thread.sleep(PAUSE_MILLIS);
            }
            String site = "http://127.0.0.1:" + port + "/";
            String answer = TapNetwork.command("curl", "-sS", "-m", SECONDS, site);
            assertEquals(HELLO, answer);
            monitor.run("system_powerdown");
            assertTrue(guest.awaitEnd().console().contains("Stopped"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Messages of DHCP in a capture. */
    private static int messages(Path capture) throws IOException {
        String bytes = HexFormat.of().formatHex(Files.readAllBytes(capture));
        return bytes.split(DHCP_COOKIE, -1).length - 1;
    }
}
