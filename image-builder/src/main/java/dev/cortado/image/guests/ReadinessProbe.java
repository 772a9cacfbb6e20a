package dev.cortado.image.guests;

import dev.cortado.image.network.PortForward;
import dev.cortado.image.run.UserNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Asks what a guest is to be of use for. */
final class ReadinessProbe {
    private static final int FIRST_ERROR = 400;
    private static final int LOOK_MILLIS = 50;

    private final Readiness target;
    private final List<PortForward> forwards;
    private final UserNetwork network;
    private String last = "nobody was asked";

    /**
     * @param target without a word for the guest
     * @param network what QEMU knows of connections to forwarded ports
     */
    ReadinessProbe(Readiness target, List<PortForward> forwards, UserNetwork network) {
        this.target = target;
        this.forwards = forwards;
        this.network = network;
    }

    /** What came of the last attempt. */
    String last() {
        return last;
    }

    /**
     * Asks once.
     *
     * @param patience for all of it
     */
    boolean answers(Duration patience) throws InterruptedException {
        try {
            return switch (target) {
                case Readiness.Url url -> answers(url, patience);
                case Readiness.Port port -> answers(port, patience);
            };
        } catch (IOException e) {
            last = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return false;
        }
    }

    private boolean answers(Readiness.Url url, Duration patience)
            throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(patience)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
        try {
            HttpRequest request = HttpRequest.newBuilder(url.address()).timeout(patience).build();
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close(); // it may have no end
            last = "status " + response.statusCode();
            return response.statusCode() < FIRST_ERROR;
        } finally {
            client.shutdownNow();
        }
    }

    private boolean answers(Readiness.Port port, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(port.host(), port.port());
            socket.connect(address, Math.toIntExact(patience.toMillis()));
            return !isForwarded(port) || isAccepted(socket, port, deadline);
        }
    }

    private boolean isForwarded(Readiness.Port port) {
        return forwards.stream()
                .filter(each -> each.protocol() == PortForward.Protocol.TCP)
                .anyMatch(each -> each.hostPort() == port.port());
    }

    /** QEMU has accepted; the guest has if it says something, or if QEMU says so. */
    private boolean isAccepted(Socket socket, Readiness.Port port, long deadline)
            throws IOException {
        socket.setSoTimeout(LOOK_MILLIS);
        last = "the guest does not accept connections";
        while (System.nanoTime() - deadline < 0) {
            try {
                boolean said = socket.getInputStream().read() >= 0;
                last = said ? last : "the guest has closed the connection";
                return said;
            } catch (SocketTimeoutException e) {
                Duration rest = Duration.ofNanos(deadline - System.nanoTime());
                if (network.hasAccepted(port.port(), rest)) {
                    return true;
                }
            }
        }
        return false;
    }
}
