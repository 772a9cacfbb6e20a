package dev.cortado.runtime.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.open.ClosedFileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import dev.cortado.runtime.file.open.PollWait;
import dev.cortado.runtime.net.address.IpAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One call after the other, over loopback. */
@Timeout(60)
final class TcpSocketFileTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final RunningHost host = new RunningHost().start();

    @AfterEach
    void stop() throws Exception {
        host.close();
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    private static String read(OpenFile file) throws Exception {
        ByteBuffer to = ByteBuffer.allocate(100);
        int count = file.read(to);
        return count == OpenFile.END ? "END" : new String(to.array(), 0, count);
    }

    private static int poll(OpenFile file, int wanted) throws Exception {
        return PollWait.await(file, wanted, LONG);
    }

    @Test
    void bytesGoBothWays() throws Exception {
        TcpSocketFile[] ends = host.pair();
        assertEquals(5, ends[0].write(text("hello")));
        assertEquals("hello", read(ends[1]));
        ends[1].write(text("there"));
        assertEquals("there", read(ends[0]));
        assertEquals(ends[0].localEndpoint(), ends[1].remoteEndpoint());
        assertEquals(ends[1].localEndpoint(), ends[0].remoteEndpoint());
        ends[0].close();
        assertEquals("END", read(ends[1]));
        ends[1].close();
        Within.await(host::isWhole);
    }

    @Test
    void callsThatAreOutOfTurn() throws Exception {
        TcpSocketFile fresh = host.tcpSocket();
        assertEquals(SocketEndpoint.NONE, fresh.localEndpoint());
        assertNull(fresh.remoteEndpoint());
        Fails.with(Errno.EINVAL, fresh::accept);
        Fails.with(Errno.ENOTCONN, () -> fresh.read(ByteBuffer.allocate(1)));
        Fails.with(Errno.EPIPE, () -> fresh.write(text("x")));
        Fails.with(Errno.ENOTCONN, () -> fresh.shutdown(true, true));
        Fails.with(Errno.ENOTCONN, fresh::isConnectComplete);
        assertEquals(PollState.WRITABLE | PollState.HANG_UP, fresh.pollState());
        fresh.bind(RunningHost.loopback(0));
        assertTrue(fresh.localEndpoint().port() > 0);
        Fails.with(Errno.EINVAL, () -> fresh.bind(RunningHost.loopback(0)));
        fresh.listen(1);
        Fails.with(Errno.EISCONN, () -> fresh.connect(RunningHost.loopback(1)));
        Fails.with(Errno.EINVAL, fresh::available);
        Fails.with(Errno.ENOTCONN, () -> fresh.read(ByteBuffer.allocate(1)));
        fresh.close();
        Fails.with(Errno.EBADF, fresh::accept);
        assertEquals(PollState.INVALID, fresh.pollState());

        TcpSocketFile[] ends = host.pair();
        Fails.with(Errno.EISCONN, () -> ends[0].connect(RunningHost.loopback(1)));
        Fails.with(Errno.EINVAL, () -> ends[0].listen(1));
        Fails.with(Errno.EINVAL, () -> ends[0].bind(RunningHost.loopback(0)));
        ends[0].shutdown(false, true);
        Fails.with(Errno.EPIPE, () -> ends[0].write(text("x")));
    }

    @Test
    void addressesThatAreTakenOrForeign() throws Exception {
        TcpSocketFile server = host.listening(1);
        int port = server.localEndpoint().port();
        TcpSocketFile second = host.tcpSocket();
        Fails.with(Errno.EADDRINUSE, () -> second.bind(RunningHost.loopback(port)));
        second.setOption(SocketOption.REUSE_ADDRESS, 1);
        Fails.with(Errno.EADDRINUSE, () -> second.bind(RunningHost.loopback(port)));
        IpAddress foreign = IpAddress.ofIpv4(10, 1, 2, 3);
        Fails.with(Errno.EADDRNOTAVAIL, () -> second.bind(new SocketEndpoint(foreign, 0, 0)));
        Fails.with(Errno.ENETUNREACH, () -> second.connect(new SocketEndpoint(foreign, 80, 0)));
        TcpSocketFile ipv4 = new TcpSocketFile(host, true);
        SocketEndpoint ipv6 = new SocketEndpoint(IpAddress.parse("::1"), 80, 0);
        Fails.with(Errno.EAFNOSUPPORT, () -> ipv4.connect(ipv6));
        Fails.with(Errno.EAFNOSUPPORT, () -> ipv4.bind(ipv6));
        server.close();
        second.bind(RunningHost.loopback(port));
        TcpSocketFile third = host.tcpSocket();
        third.setOption(SocketOption.REUSE_ADDRESS, 1);
        third.bind(RunningHost.loopback(port));
        third.listen(1);
        Fails.with(Errno.EADDRINUSE, () -> second.listen(1));
    }

    @Test
    void bothFamiliesReachADualSocket() throws Exception {
        TcpSocketFile server = host.tcpSocket();
        server.listen(5);
        int port = server.localEndpoint().port();
        for (String address : new String[] {"127.0.0.1", "::1", "0.0.0.0", "::"}) {
            TcpSocketFile client = host.tcpSocket();
            client.connect(new SocketEndpoint(IpAddress.parse(address), port, 0));
            TcpSocketFile accepted = server.accept();
            assertEquals(client.localEndpoint(), accepted.remoteEndpoint(), address);
        }
        TcpSocketFile only = new TcpSocketFile(host, true);
        only.bind(new SocketEndpoint(IpAddress.UNSPECIFIED, 0, 0));
        only.listen(1);
        SocketEndpoint ipv6 =
                new SocketEndpoint(IpAddress.parse("::1"), only.localEndpoint().port(), 0);
        Fails.with(Errno.ECONNREFUSED, () -> host.tcpSocket().connect(ipv6));
    }

    @Test
    void refused() throws Exception {
        TcpSocketFile client = host.tcpSocket();
        Fails.with(Errno.ECONNREFUSED, () -> client.connect(RunningHost.loopback(9)));
        Fails.with(Errno.ECONNREFUSED, () -> client.connect(RunningHost.loopback(0)));
        client.setBlocking(false);
        try {
            assertFalse(client.connect(RunningHost.loopback(9)));
        } catch (FileException e) {
            // The reset was faster than the call's return, as it always is on Linux.
            assertEquals(Errno.ECONNREFUSED, e.errno());
            Fails.with(Errno.ENOTCONN, client::isConnectComplete);
            return;
        }
        int state = poll(client, PollState.WRITABLE);
        assertEquals(PollState.WRITABLE | PollState.ERROR | PollState.HANG_UP, state);
        Fails.with(Errno.ECONNREFUSED, client::isConnectComplete);
        Fails.with(Errno.ENOTCONN, client::isConnectComplete);
    }

    @Test
    void withoutWaiting() throws Exception {
        TcpSocketFile server = host.listening(5);
        server.setBlocking(false);
        assertNull(server.accept());
        assertEquals(0, server.pollState());
        TcpSocketFile client = host.tcpSocket();
        client.setBlocking(false);
        if (!client.connect(server.localEndpoint())) {
            assertEquals(PollState.WRITABLE, poll(client, PollState.WRITABLE));
            assertTrue(client.isConnectComplete());
        }
        Fails.with(Errno.EISCONN, () -> client.connect(server.localEndpoint()));
        assertEquals(PollState.READABLE, poll(server, PollState.READABLE));
        TcpSocketFile accepted = server.accept();
        assertNotNull(accepted);
        assertEquals(OpenFile.UNAVAILABLE, client.read(ByteBuffer.allocate(1)));
        ByteBuffer much = ByteBuffer.allocate(64 << 20);
        int written = client.write(much);
        assertTrue(written > 0 && written < much.capacity());
        while (written != OpenFile.UNAVAILABLE) {
            written = client.write(much);
        }
        assertEquals(PollState.READABLE, poll(accepted, PollState.READABLE));
        assertTrue(accepted.available() > 0);
    }

    @Test
    void halfClosed() throws Exception {
        TcpSocketFile[] ends = host.pair();
        ends[0].write(text("question"));
        ends[0].shutdown(false, true);
        assertEquals("question", read(ends[1]));
        assertEquals("END", read(ends[1]));
        assertEquals(PollState.READABLE | PollState.WRITABLE, ends[1].pollState());
        ends[1].write(text("answer"));
        assertEquals("answer", read(ends[0]));
        ends[1].shutdown(false, true);
        assertEquals("END", read(ends[0]));
        assertEquals(
                PollState.READABLE | PollState.WRITABLE | PollState.HANG_UP,
                ends[0].pollState() & ~PollState.ERROR);
        Within.await(() -> (ends[1].pollState() & PollState.HANG_UP) != 0);
        Fails.with(Errno.ENOTCONN, () -> ends[0].shutdown(true, true));
    }

    @Test
    void inputThatIsShutEndsReading() throws Exception {
        TcpSocketFile[] ends = host.pair();
        var reader = Within.start(false, () -> read(ends[0])).awaitWaiting();
        ends[0].shutdown(true, false);
        assertEquals("END", reader.end());
        ends[0].write(text("x"));
        assertEquals("x", read(ends[1]));
    }

    @Test
    void resetIsToldOnce() throws Exception {
        TcpSocketFile[] ends = host.pair();
        ends[1].setOption(SocketOption.LINGER, 0);
        ends[1].close();
        int all = PollState.READABLE | PollState.WRITABLE | PollState.ERROR | PollState.HANG_UP;
        Within.await(() -> ends[0].pollState() == all);
        Fails.with(Errno.ECONNRESET, () -> ends[0].read(ByteBuffer.allocate(1)));
        assertEquals("END", read(ends[0]));
        Fails.with(Errno.EPIPE, () -> ends[0].write(text("x")));
        assertEquals(all & ~PollState.ERROR, ends[0].pollState());

        TcpSocketFile[] others = host.pair();
        others[1].setOption(SocketOption.LINGER, 0);
        others[1].close();
        Within.await(() -> others[0].pollState() == all);
        Fails.with(Errno.ECONNRESET, () -> others[0].write(text("x")));
        Fails.with(Errno.EPIPE, () -> others[0].write(text("x")));
        assertEquals("END", read(others[0]));
    }

    @Test
    void unreadBytesMakeAReset() throws Exception {
        TcpSocketFile[] ends = host.pair();
        ends[0].write(text("lost"));
        poll(ends[1], PollState.READABLE);
        ends[1].close();
        Fails.with(Errno.ECONNRESET, () -> ends[0].read(ByteBuffer.allocate(1)));
    }

    @Test
    void lingerWaitsForTheOtherSideButNotForEver() throws Exception {
        TcpSocketFile[] ends = host.pair();
        ends[0].setOption(SocketOption.LINGER, 1);
        ends[0].setOption(SocketOption.SEND_BUFFER, 1 << 20); // more than the other side takes
        ends[0].setBlocking(false);
        ByteBuffer much = ByteBuffer.allocate(1 << 20);
        while (ends[0].write(much.clear()) != OpenFile.UNAVAILABLE) {
            // Until nothing goes any more.
        }
        long begin = System.nanoTime();
        ends[0].close();
        long took = System.nanoTime() - begin;
        assertTrue(took >= TimeUnit.MILLISECONDS.toNanos(900), took + " ns");
        TcpSocketFile[] others = host.pair();
        others[0].setOption(SocketOption.LINGER, 30);
        others[0].write(text("x"));
        begin = System.nanoTime();
        others[0].close();
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void optionsAreKeptAndInherited() throws Exception {
        TcpSocketFile server = host.tcpSocket();
        server.setOption(SocketOption.RECEIVE_BUFFER, 20_000);
        server.setOption(SocketOption.NO_DELAY, 1);
        server.setOption(SocketOption.KEEP_IDLE, 100);
        server.bind(RunningHost.loopback(0));
        server.listen(5);
        TcpSocketFile client = host.tcpSocket();
        client.setOption(SocketOption.SEND_BUFFER, 30_000);
        client.setOption(SocketOption.RECEIVE_BUFFER, 40_000);
        client.connect(server.localEndpoint());
        TcpSocketFile accepted = server.accept();
        assertEquals(20_000, accepted.option(SocketOption.RECEIVE_BUFFER));
        assertEquals(1, accepted.option(SocketOption.NO_DELAY));
        assertEquals(100, accepted.option(SocketOption.KEEP_IDLE));
        assertEquals(30_000, client.option(SocketOption.SEND_BUFFER));
        assertEquals(40_000, client.option(SocketOption.RECEIVE_BUFFER));
        assertEquals(-1, client.option(SocketOption.LINGER));
        Fails.with(Errno.EINVAL, () -> client.setOption(SocketOption.KEEP_COUNT, 0));
        Fails.with(Errno.EINVAL, () -> client.setOption(SocketOption.KEEP_IDLE, 40_000));
        Fails.with(Errno.ENOPROTOOPT, () -> client.setOption(SocketOption.MULTICAST_LOOP, 1));
        Fails.with(Errno.ENOPROTOOPT, () -> client.option(SocketOption.HOPS));
    }

    @Test
    void urgentDataIsInLineIfWanted() throws Exception {
        TcpSocketFile[] ends = host.pair();
        ends[1].setOption(SocketOption.URGENT_IN_LINE, 1);
        assertTrue(ends[0].sendUrgent((byte) '!'));
        assertEquals("!", read(ends[1]));
        ends[1].setOption(SocketOption.URGENT_IN_LINE, 0);
        ends[0].sendUrgent((byte) '?');
        ends[0].write(text("x"));
        assertEquals("x", read(ends[1]));
    }

    @Test
    void whatIsDuplicatedStaysOpen() throws Exception {
        TcpSocketFile[] ends = host.pair();
        OpenFile copy = ends[0].duplicate();
        ends[0].close();
        copy.write(text("x"));
        assertEquals("x", read(ends[1]));
        copy.close();
        assertEquals("END", read(ends[1]));
    }

    @Test
    void closingWakesWhoWaits() throws Exception {
        TcpSocketFile server = host.listening(1);
        TcpSocketFile[] ends = host.pair();
        TcpSocketFile[] full = host.pair();
        for (boolean isVirtual : new boolean[] {false}) {
            var acceptor = Within.start(isVirtual, server::accept).awaitWaiting();
            var reader = Within.start(isVirtual, () -> read(ends[0])).awaitWaiting();
            var writer =
                    Within.start(
                            isVirtual,
                            () -> {
                                full[0].write(ByteBuffer.allocate(64 << 20));
                                return full[0].write(ByteBuffer.allocate(1));
                            });
            Within.await(() -> full[0].pollState() == 0);
            writer.awaitWaiting();
            server.close();
            ends[0].close();
            full[0].close();
            assertThrows(ClosedFileException.class, acceptor::end);
            assertThrows(ClosedFileException.class, reader::end);
            Fails.with(Errno.EBADF, writer::end);
        }
    }

    @Test
    void interruptionEndsWaiting() throws Exception {
        TcpSocketFile server = host.listening(1);
        TcpSocketFile[] ends = host.pair();
        var acceptor = Within.start(true, server::accept).awaitWaiting();
        var reader = Within.start(false, () -> read(ends[0])).awaitWaiting();
        acceptor.thread().interrupt();
        reader.thread().interrupt();
        Fails.with(Errno.EINTR, acceptor::end);
        Fails.with(Errno.EINTR, reader::end);
        ends[1].write(text("x"));
        assertEquals("x", read(ends[0]));
    }

    @Test
    void listenerThatIsShutAcceptsNoMore() throws Exception {
        TcpSocketFile server = host.listening(1);
        SocketEndpoint at = server.localEndpoint();
        var acceptor = Within.start(false, server::accept).awaitWaiting();
        server.shutdown(true, false);
        Fails.with(Errno.EINVAL, acceptor::end);
        Fails.with(Errno.ECONNREFUSED, () -> host.tcpSocket().connect(at));
    }

    @Test
    void fullQueueTakesNoMoreUntilThereIsPlace() throws Exception {
        TcpSocketFile server = host.listening(1);
        TcpSocketFile[] clients = new TcpSocketFile[3];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = host.tcpSocket();
            clients[i].setBlocking(false);
            clients[i].connect(server.localEndpoint());
            // Else the SYNs of all may come while the queue is empty.
            PollWait.await(clients[i], PollState.WRITABLE, 200_000_000);
        }
        assertEquals(PollState.WRITABLE, clients[1].pollState());
        assertEquals(0, PollWait.await(clients[2], PollState.WRITABLE, 100_000_000));
        Fails.with(Errno.EALREADY, () -> clients[2].connect(server.localEndpoint()));
        server.accept();
        assertEquals(PollState.WRITABLE, poll(clients[2], PollState.WRITABLE));
        server.close();
        Within.await(() -> (clients[1].pollState() & PollState.ERROR) != 0);
    }
}
