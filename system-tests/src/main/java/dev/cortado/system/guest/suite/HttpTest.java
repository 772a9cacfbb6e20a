package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JDK's HTTP server on virtual threads, and its clients. */
final class HttpTest extends OnLoopback {
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
    private HttpServer server;
    private HttpClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(anyPort(), 50);
        server.setExecutor(closing(Executors.newVirtualThreadPerTaskExecutor()));
        server.createContext("/echo", this::echo);
        server.start();
        closing((AutoCloseable) () -> server.stop(0));
        client =
                closing(
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .connectTimeout(Duration.ofSeconds(Deadline.SECONDS))
                                .build());
    }

    /** Without a length, so in chunks, if the request says so. */
    private void echo(HttpExchange exchange) throws IOException {
        try (exchange) {
            ports.add(exchange.getRemoteAddress().getPort());
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean chunks = "chunks".equals(exchange.getRequestURI().getQuery());
            exchange.getResponseHeaders().add("Method", exchange.getRequestMethod());
            exchange.sendResponseHeaders(200, chunks ? 0 : body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(Deadline.SECONDS))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        return client.send(request, BodyHandlers.ofByteArray());
    }

    @Test
    void aConnectionServesSeveralRequests() throws Exception {
        for (String text : new String[] {"one", "two", "three"}) {
            HttpResponse<byte[]> response = post("/echo", text.getBytes());
            assertEquals(200, response.statusCode());
            assertEquals("POST", response.headers().firstValue("Method").orElseThrow());
            assertEquals(text, new String(response.body()));
        }
        assertEquals(1, new HashSet<>(ports).size());
    }

    @Test
    void aMegabyteWithAndWithoutChunks() throws Exception {
        byte[] body = new byte[1 << 20];
        new Random(9).nextBytes(body);
        assertArrayEquals(body, post("/echo", body).body());
        HttpResponse<byte[]> response = post("/echo?chunks", body);
        assertEquals("chunked", response.headers().firstValue("Transfer-encoding").orElseThrow());
        assertArrayEquals(body, response.body());
    }

    @Test
    void nothingIsThere() throws Exception {
        assertEquals(404, post("/other", new byte[0]).statusCode());
        assertThrows(FileNotFoundException.class, () -> uri("/other").toURL().openStream());
    }

    @Test
    void urlsAreOpened() throws Exception {
        try (InputStream in = uri("/echo?chunks").toURL().openStream()) {
            assertEquals(-1, in.read());
        }
    }
}
