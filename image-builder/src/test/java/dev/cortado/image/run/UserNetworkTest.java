package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class UserNetworkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What QEMU 7.2 says. */
    private static final String ANSWER =
            "{\"return\": \"Hub -1 (network):\\r\\n  Protocol[State]    FD  Source Address  Port  "
                    + " Dest. Address  Port RecvQ SendQ\\r\\n"
                    + "  TCP[ESTABLISHED]   13       127.0.0.1 8080       10.0.2.15    80     0"
                    + "     0\\r\\n"
                    + "  TCP[SYN_SENT]      10       127.0.0.1 36461       10.0.2.15    81     0"
                    + "     0\\r\\n"
                    + "  TCP[HOST_FORWARD]   9       127.0.0.1 36461       10.0.2.15    81     0"
                    + "     0\\r\\n\"}";

    @TempDir Path directory;

    @Test
    void tellsConnectionsThatTheGuestHasAcceptedFromOthers() throws IOException {
        Path socket = directory.resolve("s");
        UserNetwork network = new UserNetwork(socket);
        try (FakeMonitor monitor = new FakeMonitor(socket, command -> ANSWER)) {
            assertTrue(network.hasAccepted(8080, PATIENCE));
            assertFalse(network.hasAccepted(36461, PATIENCE));
            assertFalse(network.hasAccepted(80, PATIENCE));
            assertTrue(monitor.commands().getFirst().contains("\"info usernet\""));
        }
    }

    @Test
    void nobodyHasAcceptedWhenQemuDoesNotSaySo() throws IOException {
        Path socket = directory.resolve("s");
        UserNetwork network = new UserNetwork(socket);
        assertFalse(network.hasAccepted(8080, PATIENCE));
        try (FakeMonitor monitor =
                new FakeMonitor(socket, command -> "{\"error\": {\"class\": \"X\"}}")) {
            assertFalse(network.hasAccepted(8080, PATIENCE));
        }
    }

    @Test
    void aMonitorThatHangsIsNotWaitedForLongerThanThat() throws IOException {
        Path socket = directory.resolve("s");
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            assertFalse(new UserNetwork(socket).hasAccepted(1, Duration.ofMillis(100)));
            assertFalse(new UserNetwork(socket).hasAccepted(1, Duration.ofMillis(-1)));
        }
    }
}
