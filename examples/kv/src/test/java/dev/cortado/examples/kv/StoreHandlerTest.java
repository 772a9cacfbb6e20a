package dev.cortado.examples.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreHandlerTest {
    @TempDir Path directory;
    private Store store;
    private HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException {
        store = Store.open(directory);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", new StoreHandler(store));
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        client.close();
        store.close();
    }

    @Test
    void putsGetsAndDeletes() throws IOException, InterruptedException {
        assertEquals(404, ask("GET", "coffee", "").statusCode());
        assertEquals(204, ask("PUT", "coffee", "cortado").statusCode());
        assertEquals(204, ask("PUT", "a%20b/c", "x").statusCode());
        HttpResponse<String> answer = ask("GET", "coffee", "");
        assertEquals(200, answer.statusCode());
        assertEquals("cortado", answer.body());
        assertEquals("a b/c\ncoffee\n", ask("GET", "", "").body());
        assertEquals(204, ask("DELETE", "coffee", "").statusCode());
        assertEquals(404, ask("DELETE", "coffee", "").statusCode());
        assertEquals("a b/c\n", ask("GET", "", "").body());
    }

    @Test
    void refusesWhatItCannotDo() throws IOException, InterruptedException {
        assertEquals(405, ask("POST", "coffee", "x").statusCode());
        assertEquals(405, ask("PUT", "", "x").statusCode());
        assertEquals(400, ask("PUT", "k".repeat(1025), "x").statusCode());
        String large = "x".repeat((16 << 20) + 1);
        assertEquals(413, ask("PUT", "coffee", large).statusCode());
        assertEquals(0, store.size());
    }

    private HttpResponse<String> ask(String method, String key, String body)
            throws IOException, InterruptedException {
        URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/" + key);
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
