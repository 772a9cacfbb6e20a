package dev.cortado.runtime.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.open.ClosedFileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams within the program. */
@Timeout(60)
final class UnixSocketFileTest {
    private static final byte[] PATH = "/tmp/socket".getBytes();

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    private static String read(OpenFile file) throws Exception {
        ByteBuffer to = ByteBuffer.allocate(100);
        int count = file.read(to);
        return count == OpenFile.END ? "END" : new String(to.array(), 0, count);
    }

    @Test
    void bytesGoBothWaysAndEnd() throws Exception {
        UnixSocketFile server = new UnixSocketFile();
        server.bind(PATH);
        Fails.with(Errno.ECONNREFUSED, () -> new UnixSocketFile().connect(PATH));
        server.listen(5);
        Fails.with(Errno.EADDRINUSE, () -> new UnixSocketFile().bind(PATH));
        UnixSocketFile client = new UnixSocketFile();
        var acceptor = Within.start(true, server::accept).awaitWaiting();
        assertTrue(client.connect(PATH));
        UnixSocketFile accepted = acceptor.end();
        assertArrayEquals(PATH, client.remotePath());
        assertArrayEquals(new byte[0], accepted.remotePath());
        client.write(text("hello"));
        assertEquals("hello", read(accepted));
        client.shutdown(false, true);
        assertEquals("END", read(accepted));
        accepted.write(text("there"));
        assertEquals("there", read(client));
        accepted.close();
        assertEquals("END", read(client));
        Fails.with(Errno.EPIPE, () -> client.write(text("x")));
        server.close();
        Fails.with(Errno.ENOENT, () -> new UnixSocketFile().connect(PATH));
    }

    @Test
    void fullQueueAndClosing() throws Exception {
        UnixSocketFile server = new UnixSocketFile();
        server.bind(new byte[0]);
        server.listen(0);
        byte[] path = server.localPath();
        UnixSocketFile first = new UnixSocketFile();
        first.connect(path);
        UnixSocketFile second = new UnixSocketFile();
        second.setBlocking(false);
        assertFalse(second.connect(path));
        assertEquals(0, second.pollState());
        assertFalse(second.isConnectComplete());
        Fails.with(Errno.EALREADY, () -> second.connect(path));
        assertEquals(PollState.READABLE, server.pollState());
        server.accept().close();
        assertEquals(PollState.WRITABLE, second.pollState());
        assertTrue(second.connect(path));
        Fails.with(Errno.EISCONN, () -> second.connect(path));
        UnixSocketFile third = new UnixSocketFile();
        third.setBlocking(false);
        assertFalse(third.connect(path));
        UnixSocketFile fourth = new UnixSocketFile();
        fourth.setBlocking(false);
        assertFalse(fourth.connect(path));
        fourth.close();
        server.close();
        Fails.with(Errno.ECONNRESET, () -> second.read(ByteBuffer.allocate(1)));
        assertEquals(PollState.WRITABLE | PollState.HANG_UP | PollState.ERROR, third.pollState());
        Fails.with(Errno.ECONNREFUSED, third::isConnectComplete);
        assertEquals(PollState.WRITABLE | PollState.HANG_UP, third.pollState());
        assertNull(server.remotePath() == null ? null : "");
    }

    @Test
    void optionsOfAnySocketCanBeSetAndRead() throws Exception {
        UnixSocketFile socket = new UnixSocketFile();
        assertEquals(-1, socket.option(SocketOption.LINGER));
        socket.setOption(SocketOption.LINGER, 3);
        assertEquals(3, socket.option(SocketOption.LINGER));
        socket.setOption(SocketOption.REUSE_ADDRESS, 5);
        assertEquals(1, socket.option(SocketOption.REUSE_ADDRESS));
        assertEquals(1 << 17, socket.option(SocketOption.SEND_BUFFER));
        socket.setOption(SocketOption.RECEIVE_BUFFER, 1);
        assertEquals(1 << 17, socket.option(SocketOption.RECEIVE_BUFFER));
        Fails.with(Errno.ENOPROTOOPT, () -> socket.option(SocketOption.NO_DELAY));
        Fails.with(Errno.ENOPROTOOPT, () -> socket.setOption(SocketOption.NO_DELAY, 1));
        socket.close();
        Fails.with(Errno.EBADF, () -> socket.option(SocketOption.LINGER));
    }

    @Test
    void closingWakesWhoWaits() throws Exception {
        UnixSocketFile server = new UnixSocketFile();
        server.bind("other".getBytes());
        server.listen(1);
        UnixSocketFile client = new UnixSocketFile();
        client.connect("other".getBytes());
        var reader = Within.start(false, () -> read(client)).awaitWaiting();
        UnixSocketFile accepted = server.accept();
        var writer =
                Within.start(false, () -> accepted.write(ByteBuffer.allocate(1 << 20)))
                        .awaitWaiting();
        var acceptor = Within.start(false, server::accept).awaitWaiting();
        reader.end();
        client.close();
        assertTrue(writer.end() > 0);
        server.close();
        assertThrows(ClosedFileException.class, acceptor::end);
    }
}
