package dev.cortado.runtime.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.open.ClosedFileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import dev.cortado.runtime.file.open.PollWait;
import dev.cortado.runtime.net.address.IpAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Datagrams over loopback. */
@Timeout(60)
final class UdpSocketFileTest {
    private static final IpAddress GROUP = IpAddress.ofIpv4(239, 1, 2, 3);

    private final RunningHost host = new RunningHost().start();
    private final SocketEndpoint[] from = new SocketEndpoint[1];

    @AfterEach
    void stop() throws Exception {
        host.close();
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    private String receive(UdpSocketFile socket, int room) throws Exception {
        ByteBuffer to = ByteBuffer.allocate(room);
        int count =
                socket.receive(
                        to,
                        (high, low, port, scope) ->
                                from[0] =
                                        new SocketEndpoint(new IpAddress(high, low), port, scope));
        return count < 0 ? "" + count : new String(to.array(), 0, count);
    }

    private UdpSocketFile bound() throws Exception {
        UdpSocketFile socket = host.udpSocket();
        socket.bind(RunningHost.loopback(0));
        return socket;
    }

    @Test
    void datagramsStayApart() throws Exception {
        UdpSocketFile to = bound();
        UdpSocketFile sender = host.udpSocket();
        assertEquals(3, sender.send(text("one"), to.localEndpoint()));
        assertEquals(0, sender.send(text(""), to.localEndpoint()));
        sender.send(text("longer"), to.localEndpoint());
        assertEquals("one", receive(to, 100));
        assertEquals(sender.localEndpoint().port(), from[0].port());
        assertEquals(IpAddress.ofIpv4(127, 0, 0, 1), from[0].address());
        assertEquals("", receive(to, 100));
        assertEquals("lon", receive(to, 3));
        to.setBlocking(false);
        assertEquals("-2", receive(to, 3));
        to.send(text("back"), from[0]);
        assertEquals("back", receive(sender, 10));
        ByteBuffer large = ByteBuffer.allocate(65_507);
        assertEquals(65_507, sender.send(large, to.localEndpoint()));
        to.setBlocking(true);
        assertEquals(65_507, receive(to, 70_000).length());
        Fails.with(
                Errno.EMSGSIZE, () -> sender.send(ByteBuffer.allocate(65_508), to.localEndpoint()));
        to.close();
        sender.close();
        Within.await(host::isWhole);
    }

    @Test
    void connected() throws Exception {
        UdpSocketFile server = bound();
        UdpSocketFile other = bound();
        UdpSocketFile client = host.udpSocket();
        Fails.with(Errno.EDESTADDRREQ, () -> client.write(text("x")));
        client.connect(server.localEndpoint());
        assertEquals(server.localEndpoint(), client.remoteEndpoint());
        assertEquals(IpAddress.ofIpv4(127, 0, 0, 1), client.localEndpoint().address());
        client.write(text("question"));
        assertEquals("question", receive(server, 100));
        other.send(text("foreign"), client.localEndpoint());
        server.send(text("answer"), client.localEndpoint());
        assertEquals("answer", receive(client, 100));
        int port = client.localEndpoint().port();
        client.disconnect();
        assertNull(client.remoteEndpoint());
        assertEquals(new SocketEndpoint(IpAddress.UNSPECIFIED, port, 0), client.localEndpoint());
        other.send(text("no more foreign"), RunningHost.loopback(port));
        assertEquals("no more foreign", receive(client, 100));
    }

    @Test
    void refusedIsToldToTheConnected() throws Exception {
        UdpSocketFile client = host.udpSocket();
        client.connect(RunningHost.loopback(9));
        client.write(text("x"));
        int state = PollWait.await(client, PollState.READABLE, 10_000_000_000L);
        assertEquals(PollState.READABLE | PollState.ERROR, state);
        Fails.with(Errno.ECONNREFUSED, () -> receive(client, 1));
        assertEquals(PollState.WRITABLE, client.pollState());
        var reader = Within.start(false, () -> receive(client, 1)).awaitWaiting();
        client.write(text("x"));
        Fails.with(Errno.ECONNREFUSED, reader::end);
    }

    @Test
    void addressesThatAreTakenOrForeign() throws Exception {
        UdpSocketFile first = bound();
        UdpSocketFile second = host.udpSocket();
        Fails.with(Errno.EADDRINUSE, () -> second.bind(first.localEndpoint()));
        IpAddress foreign = IpAddress.ofIpv4(10, 1, 2, 3);
        Fails.with(Errno.EADDRNOTAVAIL, () -> second.bind(new SocketEndpoint(foreign, 0, 0)));
        Fails.with(
                Errno.ENETUNREACH, () -> second.send(text("x"), new SocketEndpoint(foreign, 1, 0)));
        Fails.with(Errno.ENETUNREACH, () -> second.connect(new SocketEndpoint(foreign, 1, 0)));
        SocketEndpoint everybody = new SocketEndpoint(IpAddress.ofIpv4(255, 255, 255, 255), 9, 0);
        Fails.with(Errno.EACCES, () -> second.send(text("x"), everybody));
        Fails.with(Errno.EINVAL, () -> first.bind(RunningHost.loopback(0)));
        Fails.with(Errno.ENOTCONN, () -> first.shutdown(true, true));
        Fails.with(Errno.ENOPROTOOPT, () -> first.setOption(SocketOption.NO_DELAY, 1));
    }

    @Test
    void closingAndInterruptingWakeWhoWaits() throws Exception {
        UdpSocketFile socket = bound();
        var interrupted = Within.start(true, () -> receive(socket, 1)).awaitWaiting();
        interrupted.thread().interrupt();
        Fails.with(Errno.EINTR, interrupted::end);
        var reader = Within.start(false, () -> receive(socket, 1)).awaitWaiting();
        socket.close();
        assertThrows(ClosedFileException.class, reader::end);
        Fails.with(Errno.EBADF, () -> socket.write(text("x")));
    }

    @Test
    void groups() throws Exception {
        IpAddress source = IpAddress.ofIpv4(10, 0, 0, 9);
        UdpSocketFile in = host.udpSocket();
        UdpSocketFile out = host.udpSocket();
        for (UdpSocketFile socket : new UdpSocketFile[] {in, out}) {
            socket.setOption(SocketOption.REUSE_ADDRESS, 1);
            socket.setBlocking(false);
        }
        in.bind(new SocketEndpoint(IpAddress.UNSPECIFIED, 5000, 0));
        out.bind(new SocketEndpoint(IpAddress.UNSPECIFIED, 5000, 0));
        in.join(GROUP, 1, null);
        Fails.with(Errno.EADDRINUSE, () -> in.join(GROUP, 1, null));
        Fails.with(Errno.EINVAL, () -> in.join(GROUP, 1, source));
        Fails.with(Errno.ENODEV, () -> in.join(GROUP, 7, null));
        Fails.with(Errno.EINVAL, () -> in.join(source, 1, null));
        Fails.with(Errno.EADDRNOTAVAIL, () -> out.leave(GROUP, 1, null));
        Fails.with(Errno.EINVAL, () -> out.block(GROUP, 1, source));
        in.block(GROUP, 1, source);
        Fails.with(Errno.EADDRNOTAVAIL, () -> in.block(GROUP, 1, source));
        in.unblock(GROUP, 1, source);
        Fails.with(Errno.EADDRNOTAVAIL, () -> in.unblock(GROUP, 1, source));
        UdpSocketFile sender = host.udpSocket();
        sender.setOption(SocketOption.MULTICAST_INTERFACE, 1);
        sender.send(text("all"), new SocketEndpoint(GROUP, 5000, 1));
        assertTrue((PollWait.await(in, PollState.READABLE, 10_000_000_000L) & 1) != 0);
        assertEquals("all", receive(in, 10));
        assertEquals("-2", receive(out, 10));
        in.block(GROUP, 1, from[0].address());
        sender.send(text("blocked"), new SocketEndpoint(GROUP, 5000, 1));
        in.unblock(GROUP, 1, from[0].address());
        in.leave(GROUP, 1, null);
        Within.await(() -> host.stack.loopback().isIdle());
        in.close();
        assertEquals(0, host.stack.loopback().groups().length);
        out.join(GROUP, 1, source);
        out.close();
        assertEquals(0, host.stack.loopback().groups().length);
    }

    @Test
    void duplicateSharesEverything() throws Exception {
        UdpSocketFile socket = bound();
        OpenFile copy = socket.duplicate();
        socket.close();
        UdpSocketFile sender = host.udpSocket();
        sender.send(text("x"), ((UdpSocketFile) copy).localEndpoint());
        assertEquals(1, copy.read(ByteBuffer.allocate(5)));
    }
}
