package dev.cortado.examples.echo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;

/**
 * Sends back what it gets: one thread and a selector for as many connections as come. A connection
 * has a buffer only while the other side does not take what it is sent.
 */
public final class Echo {
    private static final int DEFAULT_PORT = 7777;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int BACKLOG = 1024;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final ByteBuffer shared = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private int connections;
    private int reported;

    private Echo(int port) throws IOException {
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(port), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String[] arguments) throws IOException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_PORT;
        Echo echo = new Echo(port);
        System.out.println("Listening on port " + echo.server.socket().getLocalPort());
        while (true) {
            echo.turn();
        }
    }

    private void turn() throws IOException {
        selector.select();
        Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
        while (keys.hasNext()) {
            SelectionKey key = keys.next();
            keys.remove();
            if (key == server.keyFor(selector)) {
                accept();
            } else {
                serve(key);
            }
        }
        if (connections / 1000 != reported / 1000) {
            reported = connections;
            System.out.println(connections + " connections");
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            connections++;
        }
    }

    private void serve(SelectionKey key) throws IOException {
        try {
            ByteBuffer left = (ByteBuffer) key.attachment();
            if (left != null) {
                finish(key, left);
            } else {
                echo(key);
            }
        } catch (IOException e) {
            close(key); // the other side is gone
        }
    }

    /** Reads as long as all of it can be written. */
    private void echo(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        shared.clear();
        int count = channel.read(shared);
        if (count < 0) {
            close(key);
            return;
        }
        shared.flip();
        channel.write(shared);
        if (shared.hasRemaining()) {
            ByteBuffer left = ByteBuffer.allocate(shared.remaining());
            key.attach(left.put(shared).flip());
            key.interestOps(SelectionKey.OP_WRITE);
        }
    }

    private static void finish(SelectionKey key, ByteBuffer left) throws IOException {
        ((SocketChannel) key.channel()).write(left);
        if (!left.hasRemaining()) {
            key.attach(null);
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void close(SelectionKey key) throws IOException {
        key.channel().close();
        connections--;
    }
}
