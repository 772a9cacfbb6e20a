package dev.cortado.system.servers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32;

/** What a client of the JDK's sees of a web server. */
final class ClientVisit {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SMALL = 1 << 20;
    private static final int LARGE = 16 << 20;
    private static final int REQUESTS = 100;
    private static final int CONNECTIONS = 8;

    private final HttpClient client;
    private final String base;
    private final Version version;

    ClientVisit(int port, Version version) {
        this.version = version;
        base = "http://127.0.0.1:" + port;
        client = HttpClient.newBuilder().version(version).connectTimeout(PATIENCE).build();
    }

    /** Adds a line for each answer. */
    void observe(List<String> seen) throws IOException, InterruptedException {
        try (client) {
            seen.add(answer(200, request("/hello").GET()));
            seen.add(answer(200, request("/hello").HEAD()));
            seen.add(answer(404, request("/nothing/here").GET()));
            seen.add(answer(500, request("/error").GET()));
            seen.add(answer(200, request("/hello").GET()));
            seen.add(echo("of a known length", BodyPublishers.ofByteArray(random(SMALL))));
            byte[] unknown = random(SMALL);
            seen.add(
                    echo(
                            "of an unknown length",
                            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(unknown))));
            seen.add(download("/bytes?", 0));
            seen.add(download("/bytes?", LARGE));
            seen.add(download("/chunked?", LARGE));
            seen.add(upload(random(LARGE), false));
            seen.add(upload(random(SMALL), true));
            seen.add(manyAtOnce());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    }

    /** Method, path, version, status, and headers that are not about the time. */
    private String answer(int status, HttpRequest.Builder builder)
            throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        assertEquals(status, response.statusCode(), request.toString());
        assertEquals(version, response.version(), request.toString());
        TreeMap<String, List<String>> headers = new TreeMap<>(response.headers().map());
        headers.remove("date");
        return "%s %s %s %d %s"
                .formatted(
                        request.method(),
                        request.uri().getPath(),
                        response.version(),
                        response.statusCode(),
                        headers);
    }

    private String echo(String what, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest request =
                request("/echo").header("Content-Type", "image/x-test").POST(body).build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        assertArrayEquals(random(SMALL), response.body(), what);
        return "echo %s: %d %s %s"
                .formatted(
                        what,
                        response.statusCode(),
                        response.headers().allValues("Content-Type"),
                        response.headers().allValues("Content-Length"));
    }

    private String download(String path, int length) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                client.send(request(path + length).build(), BodyHandlers.ofByteArray());
        assertEquals(sum(pattern(length)), sum(response.body()), path);
        return "download %s%d: %d %s"
                .formatted(
                        path,
                        length,
                        response.statusCode(),
                        response.headers().allValues("Content-Length"));
    }

    private String upload(byte[] body, boolean isContinueExpected)
            throws IOException, InterruptedException {
        HttpRequest request =
                request("/sum")
                        .expectContinue(isContinueExpected)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertEquals(sum(body) + "\n", response.body());
        return "upload: " + response.statusCode() + " " + response.body().strip();
    }

    /**
     * Many requests in one connection of HTTP/2, or in several of HTTP/1.1. These are few: QEMU has
     * a backlog of one connection for a port that it forwards, and a connection that finds no room
     * tries again after seconds.
     */
    private String manyAtOnce() throws InterruptedException {
        Semaphore free = new Semaphore(version == Version.HTTP_2 ? REQUESTS : CONNECTIONS);
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            free.acquire();
            HttpRequest request = request("/bytes?" + i * 1000).build();
            answers.add(
                    client.sendAsync(request, BodyHandlers.ofByteArray())
                            .whenComplete((response, failure) -> free.release()));
        }
        for (int i = 0; i < REQUESTS; i++) {
            assertEquals(sum(pattern(i * 1000)), sum(answers.get(i).join().body()));
        }
        return REQUESTS + " requests at once";
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** As the programs have it. */
    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8) * 7 + (i >> 16));
        }
        return bytes;
    }

    private static String sum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return bytes.length + " bytes, " + Long.toHexString(checksum.getValue());
    }
}
