package dev.cortado.benchmarks.guest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A web server of one loop with one page of 612 bytes, as nginx's is, for {@code ./bench http}: as
 * little between the network and its user as there can be. Argument: the port.
 */
public final class PageServer {
    private static final int PAGE_BYTES = 612;
    private static final int REQUEST_BYTES = 4096;
    private static final int END_OF_REQUEST = 0x0d0a0d0a;

    private final ByteBuffer answer;

    private PageServer() {
        String head =
                "HTTP/1.1 200 OK\r\nServer: loop\r\nContent-Type: text/html\r\nContent-Length: "
                        + PAGE_BYTES
                        + "\r\n\r\n";
        byte[] bytes = (head + "x".repeat(PAGE_BYTES)).getBytes(StandardCharsets.US_ASCII);
        answer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** What a connection has sent and not been given yet. */
    private final class Connection {
        private final ByteBuffer input = ByteBuffer.allocateDirect(REQUEST_BYTES);
        private final ByteBuffer output = answer.duplicate().position(answer.limit());
        private int last;
        private int requests;

        /** Returns false when it is over. */
        boolean serve(SelectionKey key) throws IOException {
            SocketChannel channel = (SocketChannel) key.channel();
            if (key.isReadable()) {
                if (channel.read(input.clear()) < 0) {
                    return false;
                }
                countRequests(input.flip());
            }
            while (output.hasRemaining() || requests > 0) {
                if (!output.hasRemaining()) {
                    output.rewind();
                    requests--;
                }
                if (channel.write(output) == 0) {
                    key.interestOps(SelectionKey.OP_WRITE);
                    return true;
                }
            }
            if (key.interestOps() != SelectionKey.OP_READ) {
                key.interestOps(SelectionKey.OP_READ);
            }
            return true;
        }

        private void countRequests(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                last = last << Byte.SIZE | bytes.get();
                requests += last == END_OF_REQUEST ? 1 : 0;
            }
        }
    }

    /** Serves for ever. */
    public static void main(String[] arguments) throws IOException {
        new PageServer().run(Integer.parseInt(arguments[0]));
    }

    private void run(int port) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(port));
        server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        while (true) {
            selector.select(key -> {
                try {
                    if (key.isAcceptable()) {
                        accept(server, selector);
                    } else if (!((Connection) key.attachment()).serve(key)) {
                        key.channel().close();
                    }
                } catch (IOException e) {
                    key.cancel();
                }
            });
        }
    }

    private void accept(ServerSocketChannel server, Selector selector) throws IOException {
        SocketChannel channel = server.accept();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Connection());
    }
}
