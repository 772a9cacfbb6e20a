package dev.cortado.runtime.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import dev.cortado.runtime.file.open.PollWait;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads on a stack that runs. */
@Timeout(120)
final class TcpConcurrencyTest {
    private static final int MEBIBYTE = 1 << 20;

    private final RunningHost host = new RunningHost().start();

    @AfterEach
    void stop() throws Exception {
        host.close();
    }

    private static long send(TcpSocketFile to, int total, int least, int most) throws Exception {
        Random random = new Random(5);
        CRC32C sum = new CRC32C();
        byte[] bytes = new byte[most];
        random.nextBytes(bytes);
        for (int left = total; left > 0; ) {
            int count = Math.min(left, random.nextInt(least, most + 1));
            int at = most - count;
            sum.update(bytes, at, count);
            assertEquals(count, to.write(ByteBuffer.wrap(bytes, at, count)));
            left -= count;
        }
        to.shutdown(false, true);
        return sum.getValue();
    }

    private static long receive(TcpSocketFile from, int total, int most) throws Exception {
        CRC32C sum = new CRC32C();
        ByteBuffer to = ByteBuffer.allocate(most);
        long all = 0;
        for (int count = from.read(to); count != OpenFile.END; count = from.read(to.clear())) {
            sum.update(to.flip());
            all += count;
        }
        assertEquals(total, all);
        return sum.getValue();
    }

    private void bulk(TcpSocketFile[] ends, int total, int least, int most) throws Exception {
        List<Long> sums =
                Within.together(
                        () -> send(ends[0], total, least, most),
                        () -> receive(ends[1], total, 100_000),
                        () -> receive(ends[0], total, 5_000),
                        () -> send(ends[1], total, least, most));
        assertEquals(sums.get(0), sums.get(1));
        assertEquals(sums.get(2), sums.get(3));
        ends[0].close();
        ends[1].close();
    }

    @Test
    void muchInLargePieces() throws Exception {
        bulk(host.pair(), 64 * MEBIBYTE, 1, 300_000);
        Within.await(host::isWhole);
        Within.await(() -> host.tcp.chunksInUse() == 0);
    }

    @Test
    void muchInSmallPieces() throws Exception {
        bulk(host.pair(), 4 * MEBIBYTE, 1, 300);
        Within.await(host::isWhole);
    }

    @Test
    void betweenTwoHosts() throws Exception {
        try (RunningHost other = new RunningHost(7, 4096)) {
            CrossedDevices devices = new CrossedDevices();
            EthernetLink here = host.stack.addDevice("eth0", devices.first);
            EthernetLink there = other.stack.addDevice("eth0", devices.second);
            IpAddress address = IpAddress.ofIpv4(10, 0, 0, 2);
            host.stack.addAddress(here, InterfaceAddress.of(IpAddress.ofIpv4(10, 0, 0, 1), 24), 0);
            other.stack.addAddress(there, InterfaceAddress.of(address, 24), 0);
            devices.start();
            other.start();
            TcpSocketFile server = other.tcpSocket();
            server.listen(10);
            TcpSocketFile client = host.tcpSocket();
            client.connect(new SocketEndpoint(address, server.localEndpoint().port(), 0));
            bulk(new TcpSocketFile[] {client, server.accept()}, 16 * MEBIBYTE, 1, 100_000);
            assertTrue(server.localEndpoint().port() > 0);
            devices.stop();
        }
    }

    @Test
    void thousandConnections() throws Exception {
        int count = 1000;
        TcpSocketFile server = host.listening(count);
        List<TcpSocketFile> accepted = new ArrayList<>();
        var acceptor =
                Within.start(
                        false,
                        () -> {
                            while (accepted.size() < count) {
                                accepted.add(server.accept());
                            }
                            return null;
                        });
        List<TcpSocketFile> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TcpSocketFile client = host.tcpSocket();
            client.connect(server.localEndpoint());
            client.write(ByteBuffer.allocate(4).putInt(client.localEndpoint().port()).flip());
            clients.add(client);
        }
        acceptor.end();
        for (TcpSocketFile one : accepted) {
            ByteBuffer port = ByteBuffer.allocate(4);
            assertEquals(4, one.read(port));
            assertEquals(one.remoteEndpoint().port(), port.getInt(0));
            one.close();
        }
        for (TcpSocketFile client : clients) {
            assertEquals(OpenFile.END, client.read(ByteBuffer.allocate(1)));
            client.close();
        }
        server.close();
        Within.await(host::isWhole);
    }

    /** What a thread does with sockets that others use and close; each wait has an end. */
    private void anything(TcpSocketFile server, TcpSocketFile[] shared, Random random)
            throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(random.nextInt(1, 50_000));
        int at = random.nextInt(shared.length);
        TcpSocketFile one = shared[at];
        try {
            switch (random.nextInt(10)) {
                case 0 -> {
                    TcpSocketFile client = host.tcpSocket();
                    // There first, so that it is closed when nobody accepts it.
                    shared[at] = client;
                    one.close();
                    client.connect(server.localEndpoint());
                }
                case 1 -> {
                    TcpSocketFile accepted = server.accept();
                    if (accepted != null) {
                        shared[at] = accepted;
                        one.close();
                    }
                }
                case 2 -> one.close();
                case 3 -> one.shutdown(random.nextBoolean(), random.nextBoolean());
                case 4 -> {
                    one.setOption(SocketOption.LINGER, random.nextInt(2) - 1);
                    one.setOption(SocketOption.SEND_BUFFER, random.nextInt(100_000));
                }
                case 5 -> one.duplicate().close();
                case 6 -> PollWait.await(one, PollState.WRITABLE, random.nextInt(1_000_000));
                case 7 -> one.sendUrgent((byte) 1);
                case 8 -> one.read(bytes);
                default -> one.write(bytes);
            }
        } catch (FileException e) {
            // Others have closed or reset it.
        }
    }

    @Test
    void anyOrderOfCallsEnds() throws Exception {
        TcpSocketFile server = host.listening(4);
        server.setBlocking(false);
        TcpSocketFile[] shared = new TcpSocketFile[6];
        for (int i = 0; i < shared.length; i += 2) {
            TcpSocketFile client = host.tcpSocket();
            client.connect(server.localEndpoint());
            shared[i] = client;
            Within.await(() -> server.pollState() != 0);
            shared[i + 1] = server.accept();
        }
        AtomicInteger running = new AtomicInteger(4);
        List<Within.Running<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            threads.add(
                    Within.start(
                            i % 2 == 0,
                            () -> {
                                try {
                                    for (int step = 0; step < 2000; step++) {
                                        anything(server, shared, random);
                                    }
                                } finally {
                                    running.decrementAndGet();
                                }
                                return null;
                            }));
        }
        // One who closes at random ends what waits for bytes that nobody sends.
        Random random = new Random(99);
        Within.await(() -> {
            shared[random.nextInt(shared.length)].close();
            return running.get() == 0;
        });
        for (Within.Running<Void> thread : threads) {
            thread.end();
        }
        for (TcpSocketFile one : shared) {
            one.close();
        }
        server.close();
        Within.await(host::isWhole);
    }
}
