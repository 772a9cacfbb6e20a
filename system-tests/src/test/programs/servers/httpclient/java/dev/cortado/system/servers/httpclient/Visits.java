package dev.cortado.system.servers.httpclient;

import dev.cortado.system.servers.site.Pattern;
import dev.cortado.system.servers.site.Sum;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSession;

/** One client's requests. */
final class Visits {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 100;
    private static final int LARGE = 2 << 20;

    private final HttpClient client;
    private final String base;

    Visits(HttpClient client, String base) {
        this.client = client;
        this.base = base;
    }

    void run() throws IOException, InterruptedException {
        HttpResponse<String> small =
                client.send(request("/small.txt").build(), BodyHandlers.ofString());
        System.out.println(
                small.version()
                        + " "
                        + small.statusCode()
                        + " "
                        + small.headers().allValues("Content-Type")
                        + " "
                        + small.sslSession().map(SSLSession::getProtocol)
                        + " "
                        + small.sslSession().map(SSLSession::getCipherSuite));
        System.out.print(small.body());
        status(request("/nothing"));
        status(request("/moved"));
        status(request("/secret"));
        status(request("/secret").header("Authorization", "Basic YmFyaXN0YTplc3ByZXNzbw=="));
        status(request("/large.bin").header("Range", "bytes=1000-1999"));
        status(request("/small.txt").method("HEAD", BodyPublishers.noBody()));
        HttpResponse<InputStream> large =
                client.send(request("/large.bin").build(), BodyHandlers.ofInputStream());
        try (InputStream body = large.body()) {
            System.out.println("download: " + Sum.of(body));
        }
        HttpResponse<String> upload =
                client.send(
                        request("/upload")
                                .POST(BodyPublishers.ofByteArray(Pattern.piece(0, LARGE)))
                                .build(),
                        BodyHandlers.ofString());
        System.out.print("upload: " + upload.statusCode() + " " + upload.body());
        many();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    }

    private void status(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        System.out.println(
                request.method()
                        + " "
                        + request.uri().getPath()
                        + " "
                        + response.statusCode()
                        + " "
                        + response.body().length);
    }

    private void many() {
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            HttpRequest request =
                    request("/large.bin")
                            .header("Range", "bytes=%d-%d".formatted(i, i * 900))
                            .build();
            answers.add(client.sendAsync(request, BodyHandlers.ofByteArray()));
        }
        long length = 0;
        for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
            length += answer.join().body().length;
        }
        System.out.println(AT_ONCE + " at once: " + length);
    }
}
