package dev.cortado.system.servers.httpclient;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * The JDK's HTTP client at work, with TLS. The arguments are the server's host, its port without
 * TLS, its port with it, and one at which nobody answers; what this prints is the same wherever it
 * runs.
 */
public final class WebClient {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private WebClient() {}

    public static void main(String[] arguments) throws Exception {
        String plain = "http://%s:%s".formatted(arguments[0], arguments[1]);
        String secure = "https://%s:%s".formatted(arguments[0], arguments[2]);
        String silent = "http://%s:%s".formatted(arguments[0], arguments[3]);
        try (HttpClient client = HttpClient.newHttpClient()) {
            System.out.println("== without TLS");
            new Visits(client, plain).run();
            String certificate =
                    client.send(
                                    HttpRequest.newBuilder(URI.create(plain + "/certificate.pem"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body();
            System.out.println("== not trusted");
            Failures.run(client, plain, secure, silent);
            for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
                for (Version version : Version.values()) {
                    System.out.println("== " + protocol + ", " + version);
                    secure(Trust.context(certificate, protocol), version, secure);
                }
            }
        }
    }

    private static void secure(SSLContext context, Version version, String base) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(context)
                        .version(version)
                        .connectTimeout(PATIENCE)
                        .build()) {
            new Visits(client, base).run();
        }
    }
}
