package dev.cortado.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** QEMU's own console, for people, on a socket that QEMU connects to. */
final class QemuMonitor implements AutoCloseable {
    private static final String PROMPT = "(qemu) ";

    private final SocketChannel channel;

    /**
     * @param socket that {@code -monitor unix:...,server=on,wait=off} names; QEMU has made it
     */
    QemuMonitor(Path socket) {
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            readToPrompt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        while (text.indexOf(PROMPT) < 0 && channel.read(bytes.clear()) >= 0) {
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
