package dev.cortado.runtime.net.dns;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.Hex;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.wire.DnsMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 1035, RFC 2308, RFC 5452, RFC 6891. */
final class ResolverTest {
    private static final IpAddress FIRST = IpAddress.parse("10.0.0.53");
    private static final IpAddress SECOND_SERVER = IpAddress.parse("10.0.0.54");

    private final TestNetwork network = new TestNetwork();
    private final TestHost host = network.host(1).address("10.0.0.1", 24);
    private final TestHost other =
            network.host(2).address("10.0.0.53", 24).address("10.0.0.54", 24);
    private final TestDnsServer server = new TestDnsServer(other, FIRST);
    private final TestDnsServer second = new TestDnsServer(other, SECOND_SERVER);
    private final Resolver resolver =
            new Resolver(host.stack.udp(), host.stack.timers(), host.stack.drops(), new Random(1));
    private final List<DnsAnswer> answers = new ArrayList<>();

    @BeforeEach
    void configure() {
        resolver.configure(
                DnsConfiguration.of(
                        List.of(FIRST, SECOND_SERVER), List.of("example.org", "test.")));
    }

    @AfterEach
    void nothingIsLost() {
        network.pass(30 * SECOND);
        assertTrue(host.isWhole());
        assertTrue(other.isWhole());
    }

    private DnsAnswer resolve(String name) {
        return resolve(name, true);
    }

    private DnsAnswer resolve(String name, boolean isIpv4) {
        answers.clear();
        resolver.resolve(name, isIpv4, answers::add, network.now);
        network.settle();
        for (int i = 0; i < 60 && answers.isEmpty(); i++) {
            network.pass(SECOND);
        }
        assertEquals(1, answers.size());
        return answers.getFirst();
    }

    private static byte[] a(String address) {
        return ByteBuffer.allocate(4).putInt(0, IpAddress.parse(address).ipv4()).array();
    }

    private static byte[] one(byte[] query, String name, String address, int seconds) {
        ByteBuffer answer = TestDnsServer.begin(query, 0, 1, 0);
        TestDnsServer.record(answer, name, DnsMessage.TYPE_A, seconds, a(address));
        return TestDnsServer.end(answer);
    }

    private static byte[] none(byte[] query, int code, int minimum) {
        ByteBuffer answer = TestDnsServer.begin(query, code, 0, 1);
        TestDnsServer.record(answer, "", DnsMessage.TYPE_SOA, 1000, TestDnsServer.soa(minimum));
        return TestDnsServer.end(answer);
    }

    @Test
    void aNameIsFoundAndKept() {
        server.answering = (name, type, query) -> one(query, name, "192.0.2.7", 60);
        DnsAnswer answer = resolve("WWW.Example.COM");
        assertEquals(DnsStatus.FOUND, answer.status());
        assertEquals(List.of(IpAddress.parse("192.0.2.7")), answer.addresses());
        assertEquals(List.of("www.example.com 1"), server.asked);
        resolve("www.example.com");
        assertEquals(1, server.asked.size());
        network.pass(61 * SECOND);
        resolve("www.example.com");
        assertEquals(2, server.asked.size());
    }

    /** RFC 5452, 9.2. */
    @Test
    void portsAndNumbersAreRandom() {
        server.answering = (name, type, query) -> one(query, name, "192.0.2.7", 0);
        for (int i = 0; i < 50; i++) {
            resolve("a.example");
        }
        assertEquals(50, server.asked.size());
        assertTrue(new HashSet<>(server.ports).size() > 45);
        assertTrue(new HashSet<>(server.identifiers).size() > 45);
    }

    @Test
    void theSameQuestionIsAskedOnce() {
        server.answering = (name, type, query) -> one(query, name, "192.0.2.7", 0);
        List<DnsAnswer> got = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            resolver.resolve("a.example", true, got::add, network.now);
        }
        network.settle();
        assertEquals(10, got.size());
        assertEquals(1, server.asked.size());
    }

    @Test
    void aliasesAreFollowedInAnyOrder() {
        server.answering =
                (name, type, query) -> {
                    ByteBuffer answer = TestDnsServer.begin(query, 0, 3, 0);
                    TestDnsServer.record(answer, "c.example", 1, 60, a("192.0.2.9"));
                    TestDnsServer.record(
                            answer, "b.example", 5, 60, TestDnsServer.name("c.example"));
                    TestDnsServer.record(
                            answer, "a.example", 5, 60, TestDnsServer.name("b.example"));
                    return TestDnsServer.end(answer);
                };
        DnsAnswer answer = resolve("a.example");
        assertEquals("c.example", answer.name());
        assertEquals(List.of(IpAddress.parse("192.0.2.9")), answer.addresses());
    }

    @Test
    void anAliasWithoutItsTargetIsAskedFor() {
        server.answering =
                (name, type, query) -> {
                    if (name.equals("b.example")) {
                        return one(query, name, "192.0.2.9", 60);
                    }
                    ByteBuffer answer = TestDnsServer.begin(query, 0, 1, 0);
                    TestDnsServer.record(answer, name, 5, 60, TestDnsServer.name("b.example"));
                    return TestDnsServer.end(answer);
                };
        assertEquals(DnsStatus.FOUND, resolve("a.example").status());
        assertEquals(List.of("a.example 1", "b.example 1"), server.asked);
    }

    @Test
    void aliasesInACircle() {
        TestDnsServer.Answering circle =
                (name, type, query) -> {
                    ByteBuffer answer = TestDnsServer.begin(query, 0, 2, 0);
                    TestDnsServer.record(
                            answer, "a.example", 5, 60, TestDnsServer.name("b.example"));
                    TestDnsServer.record(
                            answer, "b.example", 5, 60, TestDnsServer.name("a.example"));
                    return TestDnsServer.end(answer);
                };
        server.answering = circle;
        second.answering = circle;
        assertEquals(DnsStatus.FAILED, resolve("a.example").status());
        // One after the other, for ever.
        TestDnsServer.Answering chain =
                (name, type, query) -> {
                    ByteBuffer answer = TestDnsServer.begin(query, 0, 1, 0);
                    TestDnsServer.record(answer, name, 5, 60, TestDnsServer.name("x" + name));
                    return TestDnsServer.end(answer);
                };
        server.answering = chain;
        assertEquals(DnsStatus.FAILED, resolve("c.example").status());
    }

    @Test
    void whatNobodyAskedForDoesNotCount() {
        server.answering =
                (name, type, query) -> {
                    ByteBuffer answer = TestDnsServer.begin(query, 0, 2, 0);
                    TestDnsServer.record(answer, "bank.example", 1, 60, a("192.0.2.66"));
                    TestDnsServer.record(answer, name, 1, 60, a("192.0.2.7"));
                    return TestDnsServer.end(answer);
                };
        assertEquals(List.of(IpAddress.parse("192.0.2.7")), resolve("a.example").addresses());
        server.asked.clear();
        resolve("bank.example");
        assertEquals(1, server.asked.size());
    }

    /** RFC 2308, 5. */
    @Test
    void thatThereIsNoneIsKeptToo() {
        server.answering = (name, type, query) -> none(query, DnsMessage.NAME_ERROR, 30);
        assertEquals(DnsStatus.NO_SUCH_NAME, resolve("a.example.").status());
        assertEquals(DnsStatus.NO_SUCH_NAME, resolve("a.example.").status());
        assertEquals(1, server.asked.size());
        network.pass(31 * SECOND);
        server.answering = (name, type, query) -> none(query, 0, 30);
        assertEquals(DnsStatus.NO_DATA, resolve("a.example.").status());
        assertEquals(2, server.asked.size());
    }

    @Test
    void theSearchListIsGoneThrough() {
        server.answering =
                (name, type, query) ->
                        name.equals("www.test")
                                ? one(query, name, "192.0.2.7", 60)
                                : none(query, DnsMessage.NAME_ERROR, 60);
        assertEquals("www.test", resolve("www").name());
        assertEquals(List.of("www.example.org 1", "www.test 1"), server.asked);
        server.asked.clear();
        assertEquals(DnsStatus.NO_SUCH_NAME, resolve("a.b").status());
        assertEquals(List.of("a.b 1", "a.b.example.org 1", "a.b.test 1"), server.asked);
        server.asked.clear();
        assertEquals(DnsStatus.NO_SUCH_NAME, resolve("c.").status());
        assertEquals(List.of("c 1"), server.asked);
    }

    @Test
    void aServerThatIsSilentOrFailsIsFollowedByTheNext() {
        second.answering = (name, type, query) -> one(query, name, "192.0.2.7", 60);
        long before = network.now;
        assertEquals(DnsStatus.FOUND, resolve("a.example").status());
        assertTrue(network.now - before <= 4 * SECOND);
        server.answering = (name, type, query) -> none(query, DnsMessage.SERVER_FAILURE, 1);
        assertEquals(DnsStatus.FOUND, resolve("b.example").status());
        second.answering = (name, type, query) -> null;
        assertEquals(DnsStatus.FAILED, resolve("c.example").status());
        server.answering = (name, type, query) -> null;
        assertEquals(DnsStatus.TIMEOUT, resolve("d.example").status());
    }

    @Test
    void aServerThatIsNotThereCostsNoTime() {
        server.socket.close(network.now);
        second.answering = (name, type, query) -> one(query, name, "192.0.2.7", 60);
        answers.clear();
        resolver.resolve("a.example", true, answers::add, network.now);
        network.settle();
        assertEquals(1, answers.size());
    }

    /** RFC 6891, 7. */
    @Test
    void aServerWithoutExtensionsIsAskedWithoutThem() {
        server.answering =
                (name, type, query) ->
                        query[11] != 0
                                ? Arrays.copyOf(
                                        TestDnsServer.end(TestDnsServer.begin(query, 1, 0, 0)),
                                        query.length - 11)
                                : one(query, name, "192.0.2.7", 60);
        assertEquals(DnsStatus.FOUND, resolve("a.example").status());
        assertEquals(2, server.asked.size());
    }

    @Test
    void forgedAnswersDoNotCountAndManyOfThemBeginAnew() {
        int[] count = {0};
        server.answering =
                (name, type, query) -> {
                    count[0]++;
                    byte[] answer = one(query, name, "192.0.2.66", 60);
                    answer[1] ^= 1;
                    for (int i = 0; i < 30; i++) {
                        server.socket.send(
                                ByteBuffer.wrap(answer),
                                IpAddress.parse("10.0.0.1"),
                                server.ports.getLast(),
                                network.now);
                    }
                    return null;
                };
        second.answering = (name, type, query) -> one(query, name, "192.0.2.7", 60);
        assertEquals(List.of(IpAddress.parse("192.0.2.7")), resolve("a.example").addresses());
        assertEquals(1, count[0]);
        assertTrue(host.drops(DropReason.DNS_IGNORED) > Resolver.IGNORED);
    }

    @Test
    void ipv6() {
        byte[] address = Hex.bytes("20010db8000000000000000000000007");
        byte[] mapped = Hex.bytes("00000000000000000000ffffc0000207");
        server.answering =
                (name, type, query) -> {
                    ByteBuffer answer = TestDnsServer.begin(query, 0, 3, 0);
                    TestDnsServer.record(answer, name, 28, 60, address);
                    TestDnsServer.record(answer, name, 28, 60, mapped);
                    TestDnsServer.record(answer, name, 28, 60, a("192.0.2.1"));
                    return TestDnsServer.end(answer);
                };
        assertEquals(
                List.of(IpAddress.parse("2001:db8::7")), resolve("a.example", false).addresses());
    }

    @Test
    void namesOfAddressesWithoutAsking() {
        HostsFile hosts = new HostsFile("192.0.2.1 Router gw\n2001:db8::1 six\n192.0.2.2\nx y\n");
        resolver.setHosts(hosts);
        assertEquals("router", resolver.nameOf(IpAddress.parse("192.0.2.1")));
        assertEquals("six", resolver.nameOf(IpAddress.parse("2001:db8::1")));
        assertNull(resolver.nameOf(IpAddress.parse("192.0.2.2")));
        assertEquals(2, hosts.malformed());
    }

    /** resolv.conf(5). */
    @Test
    void theConfigurationAsText() {
        assertEquals(
                "search example.org test\nnameserver 10.0.0.53\nnameserver 10.0.0.54\n"
                        + "options ndots:1 timeout:3 attempts:2\n",
                resolver.configuration().text());
        List<IpAddress> six = List.of(IpAddress.parse("2001:db8::53"));
        assertEquals(
                "nameserver 2001:db8::53\noptions ndots:1 timeout:3 attempts:2\n",
                DnsConfiguration.of(six, List.of("a\nnameserver 192.0.2.1", "")).text());
    }

    @Test
    void withoutAsking() {
        resolver.setHosts(
                new HostsFile(
                        "# mine\n192.0.2.1 Router gw # here\n2001:db8::1\trouter\nnonsense x\n\n"));
        assertEquals(List.of(IpAddress.parse("192.0.2.1")), resolve("ROUTER").addresses());
        assertEquals(List.of(IpAddress.parse("192.0.2.1")), resolve("gw").addresses());
        assertEquals(List.of(IpAddress.parse("2001:db8::1")), resolve("router", false).addresses());
        assertEquals(DnsStatus.NO_DATA, resolve("gw", false).status());
        assertEquals(List.of(IpAddress.parse("127.0.0.1")), resolve("localhost").addresses());
        assertEquals(List.of(IpAddress.parse("192.0.2.3")), resolve("192.0.2.3").addresses());
        assertEquals(List.of(IpAddress.parse("::2")), resolve("::2", false).addresses());
        for (String bad : List.of("", ".", "a..b", "a b", "x".repeat(64), "ü.example")) {
            assertEquals(DnsStatus.BAD_NAME, resolve(bad).status(), bad);
        }
        assertEquals(List.of(), server.asked);
    }

    @Test
    void onlySoManyQuestionsAtATime() {
        int[] unavailable = {0};
        for (int i = 0; i < 300; i++) {
            resolver.resolve(
                    "n" + i + ".example.",
                    true,
                    answer -> unavailable[0] += answer.status() == DnsStatus.UNAVAILABLE ? 1 : 0,
                    network.now);
        }
        assertEquals(300 - Resolver.LIMIT, unavailable[0]);
        network.pass(30 * SECOND);
    }

    @Test
    void aHostileServer() {
        Random random = new Random(4);
        TestDnsServer.Answering liar =
                (name, type, query) -> {
                    ByteBuffer answer = TestDnsServer.begin(query, random.nextInt(6), 3, 1);
                    int question = answer.position();
                    TestDnsServer.record(answer, name, 5, 60, TestDnsServer.name("b.example"));
                    TestDnsServer.record(answer, "b.example", type, 60, a("192.0.2.9"));
                    TestDnsServer.record(answer, name, type, 60, new byte[16]);
                    TestDnsServer.record(answer, "", 6, 60, TestDnsServer.soa(5));
                    byte[] bytes = TestDnsServer.end(answer);
                    int changes = random.nextInt(8);
                    for (int i = 0; i < changes; i++) {
                        int at = question + random.nextInt(bytes.length - question);
                        bytes[at] = (byte) (random.nextBoolean() ? 0xc0 : random.nextInt());
                    }
                    return random.nextInt(10) == 0
                            ? Arrays.copyOf(bytes, random.nextInt(bytes.length))
                            : bytes;
                };
        server.answering = liar;
        second.answering = liar;
        int found = 0;
        for (int i = 0; i < 4000; i++) {
            found += resolve("n" + i + ".example.", i % 2 == 0).status() == DnsStatus.FOUND ? 1 : 0;
        }
        assertTrue(found > 100);
        assertTrue(host.drops(DropReason.DNS_MALFORMED) > 0);
    }
}
