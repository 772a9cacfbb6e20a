package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Sockets that have a file for an address. */
final class UnixSocketTest extends InDirectory {
    private static void fails(String message, UnixDomainSocketAddress address) {
        IOException error = assertThrows(IOException.class, () -> SocketChannel.open(address));
        assertEquals(message, error.getMessage());
    }

    @Test
    void bytesGoBothWays() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path("socket"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            assertEquals(address, server.getLocalAddress());
            assertTrue(Files.exists(path("socket")));
            try (SocketChannel client = SocketChannel.open(address);
                    SocketChannel accepted = server.accept()) {
                assertEquals(address, client.getRemoteAddress());
                assertEquals("", client.getLocalAddress().toString());
                client.write(ByteBuffer.wrap(new byte[] {6}));
                ByteBuffer buffer = ByteBuffer.allocate(2);
                assertEquals(1, accepted.read(buffer));
                accepted.write(buffer.flip());
                accepted.shutdownOutput();
                assertEquals(1, client.read(buffer.clear()));
                assertEquals(6, buffer.get(0));
                assertEquals(-1, client.read(buffer));
            }
        }
        // The file stays when its server has gone.
        assertTrue(Files.exists(path("socket")));
        fails("Connection refused", address);
    }

    @Test
    void addressesThatFail() throws IOException {
        fails("No such file or directory", UnixDomainSocketAddress.of(path("none")));
        Path file = file("file", "");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            IOException error =
                    assertThrows(
                            IOException.class, () -> server.bind(UnixDomainSocketAddress.of(file)));
            assertEquals("Address already in use", error.getMessage());
        }
    }
}
