package dev.cortado.image.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.cortado.image.UserError;
import dev.cortado.image.network.PortForward;
import dev.cortado.image.run.FakeMonitor;
import dev.cortado.image.run.UserNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReadinessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration IMPATIENCE = Duration.ofMillis(500);

    private static final List<PortForward> FORWARDS =
            List.of(
                    PortForward.parse("5353:80/udp"),
                    PortForward.parse("0.0.0.0:8080:80"),
                    PortForward.parse("127.0.0.2:8443:443"));

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, localhost:8080",
        "[::1]:80, ::1:80",
        "guest:80, 127.0.0.1:8080",
        "http://guest/, http://127.0.0.1:8080/",
        "http://guest, http://127.0.0.1:8080",
        "https://guest/a%20b?c=d%26, https://127.0.0.2:8443/a%20b?c=d%26",
        "HTTP://localhost:1/x, HTTP://localhost:1/x"
    })
    void understandsUrlsAndPorts(String word, String expected) {
        assertEquals(expected, Readiness.parse(word).through(FORWARDS).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "host",
                "host:0",
                "host:65536",
                "host:999999",
                "a b:80",
                "ftp://x/",
                "http://",
                "http:///x",
                "http://x:99999/",
                "://",
                "http://[/"
            })
    void refusesWhatIsNeither(String word) {
        UserError error = assertThrows(UserError.class, () -> Readiness.parse(word));
        assertTrue(error.getMessage().startsWith("--wait-for " + word), error.getMessage());
    }

    @Test
    void refusesAPortOfTheGuestsThatIsNotForwarded() {
        UserError error =
                assertThrows(UserError.class, () -> Readiness.parse("guest:53").through(FORWARDS));
        assertEquals(
                "--wait-for guest:53: port 53 of the guest is not forwarded: add --forward 0:53",
                error.getMessage());
    }

    @Test
    void aPageAnswersWithAStatusThatIsNoError() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), -1);
                    exchange.close();
                });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            for (int status : new int[] {200, 204, 302}) {
                assertTrue(probe(address + "/" + status).answers(PATIENCE), "" + status);
            }
            for (int status : new int[] {404, 503}) {
                ReadinessProbe probe = probe(address + "/" + status);
                assertFalse(probe.answers(PATIENCE));
                assertEquals("status " + status, probe.last());
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whoeverDoesNotAnswerIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            ReadinessProbe probe = probe("http://127.0.0.1:" + silent.getLocalPort() + "/");
            assertFalse(probe.answers(IMPATIENCE));
            assertTrue(probe.last().contains("timed out"), probe.last());
        }
    }

    @Test
    void aPortAnswersByAccepting() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            assertTrue(probe("127.0.0.1:" + port).answers(PATIENCE));
        }
        ReadinessProbe probe = probe("127.0.0.1:" + port);
        assertFalse(probe.answers(PATIENCE));
        assertTrue(probe.last().contains("refused"), probe.last());
        assertFalse(probe("no.such.host.invalid:1").answers(PATIENCE));
    }

    /** QEMU accepts in place of the guest. */
    @Test
    void ofAForwardedPortTheGuestHasToAcceptAsWell() throws Exception {
        Path socket = directory.resolve("monitor");
        try (ServerSocket qemu = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            int port = qemu.getLocalPort();
            assertFalse(forwarded(port, socket).answers(IMPATIENCE));
            try (FakeMonitor monitor = monitor(socket, "SYN_SENT", port)) {
                ReadinessProbe probe = forwarded(port, socket);
                assertFalse(probe.answers(IMPATIENCE));
                assertEquals("the guest does not accept connections", probe.last());
            }
            try (FakeMonitor monitor = monitor(directory.resolve("other"), "ESTABLISHED", port)) {
                assertTrue(forwarded(port, directory.resolve("other")).answers(PATIENCE));
            }
        }
    }

    @Test
    void aForwardedPortAnswersWhenTheGuestSaysSomethingAndNotWhenItHangsUp() throws Exception {
        for (String greeting : List.of("hello", "")) {
            try (ServerSocket qemu = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                Thread.ofPlatform().daemon().start(() -> greet(qemu, greeting));
                ReadinessProbe probe = forwarded(qemu.getLocalPort(), directory.resolve("nobody"));
                assertEquals(!greeting.isEmpty(), probe.answers(PATIENCE));
            }
        }
    }

    private static void greet(ServerSocket server, String greeting) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write(greeting.getBytes());
        } catch (IOException e) {
            return; // the test is over
        }
    }

    private static FakeMonitor monitor(Path socket, String state, int port) throws IOException {
        String line = "  TCP[%s]   13       127.0.0.1 %d       10.0.2.15    80     0     0";
        return new FakeMonitor(
                socket, command -> "{\"return\": \"" + line.formatted(state, port) + "\"}");
    }

    private ReadinessProbe forwarded(int port, Path socket) {
        List<PortForward> forwards = List.of(PortForward.parse(port + ":80"));
        Readiness target = Readiness.parse("guest:80").through(forwards);
        return new ReadinessProbe(target, forwards, new UserNetwork(socket));
    }

    private ReadinessProbe probe(String word) {
        return new ReadinessProbe(
                Readiness.parse(word), List.of(), new UserNetwork(directory.resolve("none")));
    }
}
