package dev.cortado.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.cortado.boot.layout.KernelWords;
import dev.cortado.kernel.monitor.MonitorText;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.dhcpv6.Duid;
import dev.cortado.runtime.net.dns.DnsConfiguration;
import dev.cortado.runtime.net.dns.Resolver;
import dev.cortado.runtime.net.ip.Route;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.tcp.ConnectionListener;
import dev.cortado.runtime.net.tcp.TcpConnection;
import dev.cortado.runtime.net.tcp.TcpException;
import dev.cortado.runtime.net.tcp.TcpListener;
import dev.cortado.runtime.net.tcp.TcpTransport;
import dev.cortado.runtime.net.udp.UdpSocket;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the monitor shows of a network, and what it does not do for that. */
final class NetworkCommandTest {
    private static final IpAddress A = IpAddress.parse("10.0.0.1");
    private static final IpAddress LOCALHOST = IpAddress.parse("127.0.0.1");
    private static final int MOST_ROUNDS = 2_000_000;

    private final TestNetwork network = new TestNetwork();
    private final TestHost a = network.host(1).address("10.0.0.1", 24);
    private final TestHost b = network.host(2).address("10.0.0.2", 24);
    private final TcpTransport tcpA = a.addTcp(1);
    private final TcpTransport tcpB = b.addTcp(2);
    private final List<GuestInterface> interfaces = new ArrayList<>();
    private final NetworkCommand command = new NetworkCommand();
    private DnsConfiguration names = DnsConfiguration.of(List.of(), List.of());

    private String shown() {
        StringBuilder shown = new StringBuilder();
        show(
                new MonitorText((bytes, count) ->
                        shown.append(new String(bytes, 0, count, StandardCharsets.US_ASCII))));
        return shown.toString();
    }

    private void show(MonitorText text) {
        command.show(text, a.stack, tcpA, names, interfaces);
    }

    private TcpConnection connect(TcpTransport from, IpAddress to, int port) throws TcpException {
        TcpConnection made =
                from.connect(
                        IpAddress.UNSPECIFIED, 0, to, port, ConnectionListener.NONE, network.now);
        network.settle();
        return made;
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    private GuestInterface guestInterface(String words) {
        InterfaceWords read =
                new InterfaceWords(
                        List.of(KernelWords.NETWORK + words),
                        problem -> {
                            throw new AssertionError(problem);
                        });
        Resolver resolver =
                new Resolver(a.stack.udp(), a.stack.timers(), a.stack.drops(), new Random(3));
        return new GuestInterface(
                a.stack,
                () -> network.now,
                new Random(4),
                a.link,
                read.plan("eth0", List.of()),
                Duid.ofMacAddress(a.link.macAddress()),
                new NameServers(resolver),
                () -> {});
    }

    private void address(String text, int prefix, InterfaceAddress.State state) {
        a.link.setAddress(InterfaceAddress.of(IpAddress.parse(text), prefix).with(state));
    }

    @Test
    void interfacesWithAllThatTheyHave() {
        interfaces.add(guestInterface("eth0:10.0.0.1/24"));
        address("10.0.0.9", 16, InterfaceAddress.State.PREFERRED);
        address("fe80::1", 64, InterfaceAddress.State.TENTATIVE);
        address("2001:db8:0:1:0:ff:fe00:1", 64, InterfaceAddress.State.DEPRECATED);
        IpAddress gateway = IpAddress.parse("10.0.0.2");
        a.stack.ip().routes().add(Route.toEverywhere(gateway, a.link, 10));
        gateway = IpAddress.parse("fe80::ff");
        a.stack.ip().routes().add(Route.toEverywhere(gateway, a.link, 10));
        names =
                DnsConfiguration.of(
                        List.of(IpAddress.parse("10.0.0.3"), IpAddress.parse("::1")), List.of());
        a.device.mtu = 1400;
        UdpSocket socket = a.stack.udp().open();
        socket.send(bytes(100), LOCALHOST, 9, network.now);
        socket.close(network.now);
        assertEquals(
                """
                lo            up, MTU 65536
                  address     127.0.0.1/8                                 preferred
                  address     ::1/128                                     preferred
                  received    0 packets, 0 bytes; bad 0
                  sent        1 packets, 128 bytes; dropped 0, waiting 1
                eth0          up, MTU 1400, 02:00:00:00:00:01
                  address     10.0.0.1/24                                 preferred, command line
                  address     10.0.0.9/16                                 preferred, DHCP
                  address     fe80::1/64                                  tentative, link-local
                  address     2001:db8:0:1:0:ff:fe00:1/64                 deprecated, router
                  received    0 packets, 0 bytes; bad 0
                  sent        0 packets, 0 bytes; dropped 0, waiting 0
                default route by 10.0.0.2, eth0
                default route by fe80::ff, eth0
                name server   10.0.0.3
                name server   ::1
                buffers       255 free of 256
                """,
                shown());
        network.settle();
        a.device.isUp = false;
        String shown = shown();
        // What comes of it is that nobody is there, which is said the same way.
        assertContains("\n  received    2 packets, [0-9]+ bytes; bad 0\n", shown);
        assertContains("\neth0          down, MTU 1400, ", shown);
        assertContains("\n1             UDP_NO_PORT             a UDP datagram to a port", shown);
    }

    private static void assertContains(String pattern, String text) {
        assertTrue(Pattern.compile(pattern).matcher(text).find(), () -> pattern + " in:\n" + text);
    }

    @Test
    void listenersAndConnectionsWithWhatTheyHold() throws TcpException {
        TcpListener listener = tcpA.listen(IpAddress.UNSPECIFIED, 80, 50);
        tcpA.listen(A, 8080, 5);
        TcpConnection client = connect(tcpB, A, 80);
        String shown = shown();
        assertContains("\nTCP           waiting   backlog   half open local\n", shown);
        assertContains("\nLISTEN        1         50        0         \\[::]:80\n", shown);
        assertContains("\nLISTEN        0         5         0         10.0.0.1:8080\n", shown);
        TcpConnection server = listener.accept();
        client.send(bytes(300), network.now);
        network.settle();
        network.wire.fate = frame -> false;
        server.send(bytes(1000), network.now);
        network.pass(4 * TestNetwork.SECOND);
        shown = shown();
        String addresses = "10.0.0.1:80           10.0.0.2:" + client.localPort() + "\n";
        assertContains(
                "\nTCP           to send   to read   resent    local                 remote\n"
                        + "ESTABLISHED   1000      300       [2-9]         "
                        + addresses,
                shown);
        network.wire.fate = frame -> true;
        network.pass(10 * TestNetwork.SECOND);
        server.receive(bytes(300), network.now);
        server.shutdownOutput(network.now);
        network.settle();
        assertContains("\nFIN-WAIT-2    0         0         [2-9]         " + addresses, shown());
        client.shutdownOutput(network.now);
        network.settle();
        shown = shown();
        assertFalse(shown.contains("FIN-WAIT"), shown);
        assertContains("\nTCP connections in TIME-WAIT: 1\n", shown);
    }

    @Test
    void whoseHandshakeHasOnlyBegun() throws TcpException {
        tcpA.listen(IpAddress.UNSPECIFIED, 80, 50);
        connect(tcpB, A, 80);
        byte own = (byte) TestHost.mac(1);
        network.wire.fate = frame -> frame[11] != own;
        connect(tcpB, A, 80);
        String shown = shown();
        assertContains("\nLISTEN        1         50        1         \\[::]:80\n", shown);
        assertContains("\nTCP connections half open: 1\n", shown);
    }

    @Test
    void datagramsThatNobodyReads() {
        UdpSocket server = a.stack.udp().open();
        server.bind(IpAddress.UNSPECIFIED, 7);
        UdpSocket connected = a.stack.udp().open();
        connected.connect(IpAddress.parse("10.0.0.2"), 53);
        UdpSocket sender = b.stack.udp().open();
        sender.send(bytes(10), A, 7, network.now);
        sender.send(bytes(10), A, 7, network.now);
        network.settle();
        String shown = shown();
        assertContains(
                "\nUDP           to read   memory              local                 remote\n",
                shown);
        assertContains("\n              2         4096                \\[::]:7\n", shown);
        assertContains(
                "\n              0         0                   10.0.0.1:"
                        + connected.localPort()
                        + " +10.0.0.2:53\n",
                shown);
    }

    @Test
    void reasonsWithTheirNamesAndNoneOfWhatDidNotHappen() {
        a.stack.drops().count(DropReason.DNS_IGNORED);
        for (int i = 0; i < 12; i++) {
            a.stack.drops().count(DropReason.TCP_NO_CONNECTION);
        }
        String shown = shown();
        assertTrue(
                shown.endsWith(
                        """
                        dropped       reason
                        12            TCP_NO_CONNECTION       a TCP segment without a connection
                        1             DNS_IGNORED             a DNS message that does not answer ours
                        """),
                shown);
    }

    @Test
    void moreThanAnybodyReadsAreANumber() throws TcpException {
        network.wire.fate = frame -> false;
        for (int i = 0; i < SocketReport.MOST_LINES + 5; i++) {
            connect(tcpA, IpAddress.parse("10.0.0.2"), 81 + i);
            UdpSocket socket = a.stack.udp().open();
            socket.bind(IpAddress.UNSPECIFIED, 10_000 + i);
        }
        String shown = shown();
        assertContains("\nSYN-SENT .*\nand 5 more\nUDP .*\n", shown);
        assertContains(":1[0-9]{4}\nand 5 more\n", shown);
    }

    /** Somebody is stuck in the device, with a connection's lock and who knows which others. */
    @Test
    void waitsForNobody() throws Exception {
        tcpB.listen(IpAddress.UNSPECIFIED, 80, 5);
        TcpConnection connection = connect(tcpA, IpAddress.parse("10.0.0.2"), 80);
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        a.device.beforeTransmit =
                () -> {
                    stuck.countDown();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        Thread sender =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                connection.send(bytes(500), network.now);
                            } catch (TcpException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        stuck.await();
        String shown = assertTimeoutPreemptively(Duration.ofSeconds(30), this::shown);
        over.countDown();
        sender.join();
        assertContains("\nESTABLISHED   500       0         0         10.0.0.1:", shown);
    }

    @Test
    void makesNoObjects() throws TcpException {
        interfaces.add(guestInterface("eth0:10.0.0.1/24"));
        names = DnsConfiguration.of(List.of(A), List.of());
        a.stack.ip().routes().add(Route.toEverywhere(A, a.link, 10));
        address("fe80::1", 64, InterfaceAddress.State.TENTATIVE);
        TcpListener listener = tcpA.listen(IpAddress.UNSPECIFIED, 80, 50);
        connect(tcpB, A, 80);
        connect(tcpA, IpAddress.parse("10.0.0.2"), 81);
        a.stack.udp().open().connect(LOCALHOST, 53);
        int[] count = {0};
        MonitorText text = new MonitorText((bytes, length) -> count[0] += length);
        for (int i = 0; i < 3; i++) {
            show(text);
        }
        assertEquals(1, listener.waiting());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            show(text);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(count[0] > 100_000, "shown " + count[0]);
        assertTrue(allocated < 1000, allocated + " bytes");
    }

    /** Connections and sockets come and go while somebody looks. */
    @Test
    void looksAtWhatChanges() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        int[] looks = {0};
        Thread looker =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            MonitorText text = new MonitorText((bytes, count) -> {});
                            try {
                                while (!stop.get() && looks[0] < MOST_ROUNDS) {
                                    show(text);
                                    looks[0]++;
                                }
                            } catch (Throwable e) {
                                failure.set(e);
                            }
                        });
        Random random = new Random(7);
        TcpListener listener = tcpA.listen(IpAddress.UNSPECIFIED, 80, 50);
        List<TcpConnection> open = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            open.add(connect(tcpA, LOCALHOST, 80));
            open.add(listener.accept());
            UdpSocket socket = a.stack.udp().open();
            socket.bind(IpAddress.UNSPECIFIED, 0);
            while (open.size() > random.nextInt(40)) {
                TcpConnection closed = open.remove(random.nextInt(open.size()));
                if (random.nextBoolean()) {
                    closed.close(network.now);
                } else {
                    closed.abort(network.now);
                }
            }
            network.pass(random.nextInt(20_000_000));
            socket.close(network.now);
        }
        stop.set(true);
        looker.join(60_000);
        assertFalse(looker.isAlive());
        assertEquals(null, failure.get());
        assertTrue(looks[0] > 10, looks[0] + " looks");
    }

    @Test
    void beforeAnybodyHasAskedForTheNetworkItSaysSo() {
        StringBuilder shown = new StringBuilder();
        command.run(
                new MonitorText((bytes, count) ->
                        shown.append(new String(bytes, 0, count, StandardCharsets.US_ASCII))));
        assertEquals(
                "the network has not been started: the program has not asked for it\n",
                shown.toString());
    }

    @Test
    void withoutMemoryItSaysSo() {
        StringBuilder shown = new StringBuilder();
        boolean[] isFull = {true};
        command.run(
                new MonitorText((bytes, count) -> {
                    if (isFull[0]) {
                        isFull[0] = false;
                        throw new OutOfMemoryError("test");
                    }
                    shown.append(new String(bytes, 0, count, StandardCharsets.US_ASCII));
                }));
        assertTrue(shown.toString().endsWith("\nno memory to show more\n"), shown.toString());
    }
}
