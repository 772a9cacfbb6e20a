package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS over sockets and below HTTP. */
final class TlsTest extends OnLoopback {
    private SSLServerSocket tlsServer() throws Exception {
        return (SSLServerSocket)
                closing(
                        TestKeys.context(TestKeys.SERVER)
                                .getServerSocketFactory()
                                .createServerSocket(0, 50, loopback()));
    }

    private SSLSocket connect(SSLServerSocket server, String trusted) throws Exception {
        return (SSLSocket)
                closing(
                        TestKeys.context(trusted)
                                .getSocketFactory()
                                .createSocket(loopback(), server.getLocalPort()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bytesGoThere(String protocol) throws Exception {
        byte[] bytes = new byte[50_000];
        new Random(10).nextBytes(bytes);
        SSLServerSocket server = tlsServer();
        TestThread reader =
                TestThread.start(() -> {
                    try (var accepted = server.accept()) {
                        assertArrayEquals(
                                bytes, accepted.getInputStream().readNBytes(bytes.length));
                        accepted.getOutputStream().write(1);
                    }
                });
        SSLSocket client = connect(server, TestKeys.SERVER);
        client.setEnabledProtocols(new String[] {protocol});
        client.getOutputStream().write(bytes);
        assertEquals(1, client.getInputStream().read());
        assertEquals(protocol, client.getSession().getProtocol());
        assertEquals(-1, client.getInputStream().read());
        reader.finish();
    }

    @Test
    void aStrangersCertificateIsRefused() throws Exception {
        SSLServerSocket server = tlsServer();
        TestThread acceptor =
                TestThread.start(() -> {
                    try (var accepted = (SSLSocket) server.accept()) {
                        assertThrows(IOException.class, accepted.getInputStream()::read);
                    }
                });
        SSLSocket client = connect(server, TestKeys.STRANGER);
        assertThrows(SSLHandshakeException.class, client::startHandshake);
        client.close();
        acceptor.finish();
    }

    @Test
    void belowHttp() throws Exception {
        HttpsServer server = HttpsServer.create(anyPort(), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(TestKeys.context(TestKeys.SERVER)));
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write("ok".getBytes());
                    exchange.close();
                });
        server.start();
        closing((AutoCloseable) () -> server.stop(0));
        HttpClient client =
                closing(
                        HttpClient.newBuilder()
                                .sslContext(TestKeys.context(TestKeys.SERVER))
                                .version(HttpClient.Version.HTTP_1_1)
                                .build());
        URI uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
        assertEquals(
                "ok",
                client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    }
}
