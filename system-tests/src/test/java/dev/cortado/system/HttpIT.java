package dev.cortado.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** examples/http in a guest, asked by clients of the host through {@code --forward}. */
final class HttpIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 50;
    private static final int SHORT_CONNECTIONS = 100;
    private static final int BODY_BYTES = 1 << 20;

    private static Path image;

    private final HttpClient client = newClient();
    private int port;

    @BeforeAll
    static void build() {
        image = Cortado.build(Program.http(), "first");
    }

    @ParameterizedTest
    @CsvSource({"microvm, 1", "q35, 4"})
    void servesUntilItIsToldToStop(String machine, String cpus) throws Exception {
        List<String> command =
                Cortado.commandLine(
                        List.of("run", "--machine", machine, "--cpus", cpus, "--forward"));
        command.addAll(List.of("0:8080", image.toString()));
        try (Session session = new Session(command)) {
            String forward = session.await(" -> port 8080");
            port = Integer.parseInt(forward.replaceAll("(?s).*:(\\d+) -> port 8080", "$1"));
            session.await("Listening on port 8080");
            answersAreRight();
            manyAtOnce();
            shortConnections();
            session.await("GET /index.html 200");
            session.signal("TERM");
            Outcome outcome = session.awaitEnd();
            assertTrue(outcome.console().contains("Stopped"), outcome.console());
        }
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private void answersAreRight() throws Exception {
        HttpResponse<byte[]> page = send(request("/index.html"));
        assertEquals(200, page.statusCode());
        assertEquals(612, page.body().length);
        assertEquals(
                "text/html; charset=utf-8", page.headers().firstValue("Content-Type").orElse(""));
        String json = new String(send(request("/json?name=J%C3%A4va")).body(), UTF_8);
        assertTrue(json.startsWith("{\"hello\":\"J\u00e4va\","), json);
        assertEquals(404, send(request("/../secret")).statusCode());
        HttpResponse<byte[]> refused = send(request("/echo"));
        assertEquals(405, refused.statusCode());
        assertEquals("POST", refused.headers().firstValue("Allow").orElse(""));
        HttpResponse<byte[]> head =
                send(request("/index.html").method("HEAD", BodyPublishers.noBody()));
        assertEquals("612", head.headers().firstValue("Content-Length").orElse(""));
        byte[] body = new byte[BODY_BYTES];
        new Random(1).nextBytes(body);
        assertArrayEquals(
                body, send(request("/echo").POST(BodyPublishers.ofByteArray(body))).body());
    }

    /**
     * Each has its connection before the next one begins: QEMU's user network listens with a
     * backlog of one, and what it has no room for is asked for again later and later.
     */
    private void manyAtOnce() throws Exception {
        List<HttpClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                clients.add(newClient());
                assertAnswer(i, clients.get(i).send(json(i), BodyHandlers.ofString()));
            }
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(clients.get(i).sendAsync(json(i), BodyHandlers.ofString()));
            }
            for (int i = 0; i < AT_ONCE; i++) {
                assertAnswer(i, answers.get(i).join());
            }
        } finally {
            clients.forEach(HttpClient::shutdownNow);
        }
    }

    private HttpRequest json(int number) {
        return request("/json?name=" + number).build();
    }

    private static void assertAnswer(int number, HttpResponse<String> answer) {
        assertTrue(answer.body().startsWith("{\"hello\":\"" + number + "\","), answer.body());
    }

    private void shortConnections() throws IOException {
        for (int i = 0; i < SHORT_CONNECTIONS; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout((int) PATIENCE.toMillis());
                OutputStream out = socket.getOutputStream();
                out.write(
                        "GET / HTTP/1.1\r\nHost: guest\r\nConnection: close\r\n\r\n"
                                .getBytes(UTF_8));
                InputStream in = socket.getInputStream();
                String answer = new String(in.readAllBytes(), UTF_8);
                assertTrue(answer.startsWith("HTTP/1.1 200 OK"), answer);
                assertTrue(answer.endsWith("Hello from Cortado\n"), answer);
            }
        }
    }
}
