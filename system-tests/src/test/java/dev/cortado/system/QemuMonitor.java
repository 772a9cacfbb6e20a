package dev.cortado.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** QEMU's own console, for people, on a socket that QEMU listens at. */
final class QemuMonitor implements AutoCloseable {
    private static final String PROMPT = "(qemu) ";

    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final SocketChannel channel;

    /**
     * @param socket that {@code -monitor unix:...,server=on,wait=off} names
     */
    QemuMonitor(Path socket) {
        channel = connect(socket);
        try {
            readToPrompt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SocketChannel connect(Path socket) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (true) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                // QEMU makes it when it starts, and tells nobody.
                if (System.nanoTime() > deadline) {
                    throw new UncheckedIOException(e);
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Runs the command to its end. */
    String run(String command) {
        try {
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            return readToPrompt();
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    private String readToPrompt() throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer bytes = ByteBuffer.allocate(4096);
        while (!text.toString().endsWith(PROMPT)) {
            if (channel.read(bytes.clear()) < 0) {
                throw new AssertionError("QEMU has ended: " + text);
            }
            text.append(StandardCharsets.UTF_8.decode(bytes.flip()));
        }
        return text.toString();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
