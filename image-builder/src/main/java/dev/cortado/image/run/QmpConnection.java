package dev.cortado.image.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A connection to QEMU's monitor protocol (docs/interop/qmp-spec), where an answer is a line. It
 * has a deadline: QEMU talks to one at a time, and may hang.
 */
final class QmpConnection implements AutoCloseable {
    /** A longer line is no answer that anybody here asks for. */
    private static final int LONGEST_LINE = 1 << 20;

    private final SocketChannel channel;
    private final Selector selector;
    private final long deadline;
    private final ByteBuffer received = ByteBuffer.allocate(4096).flip();

    private QmpConnection(SocketChannel channel, Selector selector, long deadline) {
        this.channel = channel;
        this.selector = selector;
        this.deadline = deadline;
    }

    /**
     * Connects, and leaves the mode in which QEMU only tells what it can.
     *
     * @param socket where QEMU listens
     * @param patience for all that the connection is used for
     * @throws IOException if QEMU does not listen or answer
     */
    static QmpConnection open(Path socket, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = null;
        boolean opened = false;
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            selector = Selector.open();
            QmpConnection connection = new QmpConnection(channel, selector, deadline);
            connection.execute("{\"execute\": \"qmp_capabilities\"}");
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                channel.close();
                if (selector != null) {
                    selector.close();
                }
            }
        }
    }

    /**
     * Sends a command.
     *
     * @param command a JSON object without a line end
     * @return the answer, a JSON object with the key {@code return}
     * @throws IOException if QEMU refuses it, goes away, or takes too long
     */
    String execute(String command) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
        String reply = line();
        while (!reply.contains("\"return\"")) {
            if (reply.contains("\"error\"")) {
                throw new IOException("QEMU refuses " + command + ": " + reply);
            }
            reply = line(); // a greeting or an event
        }
        return reply;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < LONGEST_LINE) {
            while (!received.hasRemaining()) {
                receive();
            }
            byte next = received.get();
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(next);
        }
        throw new IOException("QEMU answers more than " + LONGEST_LINE + " bytes");
    }

    private void receive() throws IOException {
        received.clear();
        int count = channel.read(received);
        received.flip();
        if (count < 0) {
            throw new IOException("QEMU has hung up");
        }
        if (count == 0) {
            await(SelectionKey.OP_READ);
        }
    }

    private void await(int operation) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        channel.register(selector, operation);
        selector.selectedKeys().clear();
        if (millis <= 0 || selector.select(millis) == 0) {
            throw new IOException("QEMU does not answer");
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
