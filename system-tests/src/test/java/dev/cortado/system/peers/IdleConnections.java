package dev.cortado.system.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of {@code examples/echo}, a program of its own, that holds many connections: says {@code
 * open} when each of them has got a byte back, and {@code alive} for each line that it reads when
 * they have got one again. At the end of its input it closes them, and says {@code closed}.
 *
 * <p>Arguments: address, port, how many connections.
 */
final class IdleConnections {
    private static final int PROGRESS = 1000;

    private final List<SocketChannel> channels = new ArrayList<>();

    private IdleConnections() {}

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress server =
                new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        IdleConnections connections = new IdleConnections();
        connections.open(server, Integer.parseInt(arguments[2]));
        System.out.println("open");
        while (readLine()) {
            connections.ask();
            System.out.println("alive");
        }
        connections.close();
        System.out.println("closed");
    }

    /** False at the end of the input. */
    private static boolean readLine() throws IOException {
        int read = System.in.read();
        while (read >= 0 && read != '\n') {
            read = System.in.read();
        }
        return read >= 0;
    }

    private void open(InetSocketAddress server, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channels.add(channel);
            exchange(channel, i);
            if (channels.size() % PROGRESS == 0) {
                System.out.println(channels.size() + " connections");
            }
        }
    }

    private void ask() throws IOException {
        for (int i = 0; i < channels.size(); i++) {
            exchange(channels.get(i), ~i);
        }
    }

    private static void exchange(SocketChannel channel, int value) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).putInt(value).flip();
        channel.write(bytes);
        bytes.clear();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new IOException("closed by the server: " + channel);
            }
        }
        if (bytes.getInt(0) != value) {
            throw new IOException(bytes.getInt(0) + " came back for " + value);
        }
    }

    /**
     * Each end of a connection is waited for: ten thousand at once are more than a tap's queue
     * takes, and who has closed a socket does not wait for ever until the other side knows.
     */
    private void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.shutdownOutput();
            if (channel.read(ByteBuffer.allocate(1)) >= 0) {
                throw new IOException("something comes after the end: " + channel);
            }
            channel.close();
        }
    }
}
