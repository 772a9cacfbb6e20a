package dev.cortado.benchmarks.guest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Serves whoever measures the network, for {@code ./bench tcp} and {@code ./bench rtt}: takes all
 * bytes, sends bytes without an end, sends back what it gets. Plain Java, the same in a guest and
 * on a JVM.
 */
public final class SocketGuest {
    /** What is sent here is thrown away; its sum of bytes comes back when the sender is done. */
    public static final int SINK = 9001;

    /** Sends until the other one closes. */
    public static final int SOURCE = 9002;

    /** Sends back what comes, by TCP and by UDP. */
    public static final int ECHO = 9003;

    private static final int BULK_BYTES = 64 << 10;
    private static final int MESSAGE_BYTES = 2048;

    private SocketGuest() {}

    @FunctionalInterface
    private interface Service {
        void serve(SocketChannel connection) throws IOException;
    }

    /** Serves for ever. */
    public static void main(String[] arguments) throws IOException {
        DatagramChannel messages = DatagramChannel.open().bind(new InetSocketAddress(ECHO));
        Thread.ofPlatform().start(() -> echo(messages));
        listen(SINK, SocketGuest::take);
        listen(SOURCE, SocketGuest::send);
        listen(ECHO, SocketGuest::echo);
    }

    private static void listen(int port, Service service) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(port));
        Thread.ofPlatform()
                .start(() -> {
                    while (true) {
                        try (SocketChannel connection = server.accept()) {
                            connection.socket().setTcpNoDelay(true);
                            service.serve(connection);
                        } catch (IOException e) {
                            // The other one has closed; the next may come.
                        }
                    }
                });
    }

    private static void take(SocketChannel connection) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BULK_BYTES);
        long sum = 0;
        int count;
        while ((count = connection.read(buffer.clear())) >= 0) {
            sum += count;
        }
        connection.write(buffer.clear().putLong(sum).flip());
    }

    private static void send(SocketChannel connection) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BULK_BYTES);
        while (true) {
            connection.write(buffer.clear());
        }
    }

    private static void echo(SocketChannel connection) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
        while (connection.read(buffer.clear()) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                connection.write(buffer);
            }
        }
    }

    private static void echo(DatagramChannel messages) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
        while (true) {
            try {
                var sender = messages.receive(buffer.clear());
                messages.send(buffer.flip(), sender);
            } catch (IOException e) {
                // Of one message.
            }
        }
    }
}
