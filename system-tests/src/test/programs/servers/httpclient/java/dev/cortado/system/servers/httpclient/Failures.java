package dev.cortado.system.servers.httpclient;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What goes wrong, and how that is said. */
final class Failures {
    private static final Duration SHORT = Duration.ofMillis(500);

    private Failures() {}

    static void run(HttpClient client, String plain, String secure, String silent)
            throws InterruptedException {
        fail(client, HttpRequest.newBuilder(URI.create(secure + "/small.txt")));
        fail(client, HttpRequest.newBuilder(URI.create(silent + "/silent")).timeout(SHORT));
        fail(client, HttpRequest.newBuilder(URI.create(plain + "/cut")));
        fail(
                client,
                HttpRequest.newBuilder(URI.create(plain.replace("http:", "https:") + "/plain")));
    }

    private static void fail(HttpClient client, HttpRequest.Builder builder)
            throws InterruptedException {
        HttpRequest request = builder.build();
        try {
            int status = client.send(request, BodyHandlers.ofString()).statusCode();
            System.out.println(request.uri().getPath() + " " + status);
        } catch (IOException e) {
            System.out.println(request.uri().getPath() + " " + e);
        }
    }
}
