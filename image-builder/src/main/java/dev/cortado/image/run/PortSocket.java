package dev.cortado.image.run;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * Where QEMU connects one of a guest's ports to: unlike a terminal, such a connection loses nothing
 * of what was written before its end.
 */
final class PortSocket implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path path;
    private final ServerSocketChannel server;

    private PortSocket(Path path, ServerSocketChannel server) {
        this.path = path;
        this.server = server;
    }

    /**
     * Listens, also to other users: who does not know the name of its directory does not find it.
     */
    static PortSocket listen(Path path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        PortSocket socket = new PortSocket(path, server);
        try {
            server.bind(UnixDomainSocketAddress.of(path), 1);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /**
     * The connection that QEMU has made when it was started.
     *
     * @throws IOException if it has not
     */
    SocketChannel accept() throws IOException {
        try (Selector selector = Selector.open()) {
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            selector.select(PATIENCE.toMillis());
            SocketChannel channel = server.accept();
            if (channel == null) {
                throw new IOException("QEMU has not connected to " + path);
            }
            return channel;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }
}
