package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PowerControlTest {
    @TempDir Path directory;

    @Test
    void pressesTheButtonAsQemuWantsIt() throws Exception {
        Path socket = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            CompletableFuture<Boolean> pressed =
                    CompletableFuture.supplyAsync(() -> new PowerControl(socket).press());
            try (SocketChannel qemu = server.accept()) {
                PrintStream out = new PrintStream(Channels.newOutputStream(qemu), true);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(Channels.newInputStream(qemu)));
                out.println("{\"QMP\": {\"version\": {}}}");
                assertEquals("{\"execute\": \"qmp_capabilities\"}", in.readLine());
                out.println("{\"return\": {}}");
                assertEquals("{\"execute\": \"system_powerdown\"}", in.readLine());
                out.println("{\"event\": \"POWERDOWN\"}");
                out.println("{\"return\": {}}");
            }
            assertTrue(pressed.join());
        }
    }

    @Test
    void knowsWhenNobodyListens() {
        assertFalse(new PowerControl(directory.resolve("none")).press());
    }

    @Test
    void knowsWhenThePathIsTooLong() {
        assertTrue(new PowerControl(Path.of("/tmp/x")).isPossible());
        assertFalse(new PowerControl(Path.of("/tmp/" + "x".repeat(120))).isPossible());
    }
}
