package dev.cortado.runtime.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.net.address.IpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SO_REUSEPORT (socket(7) of Linux): several listen on one port, and each gets some. */
@Timeout(60)
final class SharedPortTest {
    private static final SocketEndpoint PORT =
            new SocketEndpoint(IpAddress.ofIpv4(127, 0, 0, 1), 4711, 0);
    private static final int CONNECTIONS = 200;

    private final RunningHost host = new RunningHost().start();

    @AfterEach
    void stop() throws Exception {
        host.close();
    }

    private TcpSocketFile socket(boolean sharing) throws Exception {
        TcpSocketFile socket = host.tcpSocket();
        socket.setOption(SocketOption.REUSE_PORT, sharing ? 1 : 0);
        return socket;
    }

    @Test
    void connectionsAreSpread() throws Exception {
        List<TcpSocketFile> servers = List.of(socket(true), socket(true), socket(true));
        for (TcpSocketFile server : servers) {
            server.bind(PORT);
            server.listen(CONNECTIONS);
            server.setBlocking(false);
        }
        List<TcpSocketFile> open = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            TcpSocketFile client = socket(false);
            assertTrue(client.connect(PORT));
            open.add(client);
        }
        // The last of a handshake may still be under way when its client is connected.
        int[] accepted = new int[servers.size()];
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        for (int all = 0; all < CONNECTIONS && System.nanoTime() < deadline; ) {
            for (int i = 0; i < accepted.length; i++) {
                TcpSocketFile each = servers.get(i).accept();
                if (each != null) {
                    open.add(each);
                    accepted[i]++;
                    all++;
                }
            }
        }
        assertEquals(CONNECTIONS, Arrays.stream(accepted).sum());
        for (int each : accepted) {
            assertTrue(each > CONNECTIONS / 10, Arrays.toString(accepted));
        }
        servers.forEach(TcpSocketFile::close);
        open.forEach(TcpSocketFile::close);
    }

    @Test
    void onlyThoseThatAllSaySoShare() throws Exception {
        TcpSocketFile first = socket(true);
        first.bind(PORT);
        Fails.with(Errno.EADDRINUSE, () -> socket(false).bind(PORT));
        socket(true).bind(PORT);
    }

    @Test
    void whatWasWrittenGoesOutWhenTheProgramEnds() throws Exception {
        TcpSocketFile[] ends = host.pair();
        ends[0].write(ByteBuffer.allocate(50_000));
        host.tcp().closeAll(host.clock().nanoTime());
        ByteBuffer to = ByteBuffer.allocate(1 << 16);
        while (ends[1].read(to) >= 0) {
            assertTrue(to.hasRemaining());
        }
        assertEquals(50_000, to.position());
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (host.tcp().hasUnacknowledged() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertFalse(host.tcp().hasUnacknowledged());
    }
}
