package dev.cortado.image.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Presses a guest's power button, through QEMU's monitor protocol (docs/interop/qmp-spec). */
record PowerControl(Path socket) {
    /** A Unix socket's address has 108 bytes on Linux, and 104 elsewhere, with a 0 at its end. */
    private static final int LONGEST_PATH = 103;

    /** Whether QEMU could listen there. */
    boolean isPossible() {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
    }

    /** False if QEMU does not listen, or does not listen any more. */
    boolean press() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            BufferedReader replies =
                    new BufferedReader(
                            new InputStreamReader(
                                    Channels.newInputStream(channel), StandardCharsets.UTF_8));
            return command(channel, replies, "qmp_capabilities")
                    && command(channel, replies, "system_powerdown");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean command(SocketChannel channel, BufferedReader replies, String name)
            throws IOException {
        String text = "{\"execute\": \"%s\"}\n".formatted(name);
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        String reply = replies.readLine();
        while (reply != null && !reply.contains("\"return\"") && !reply.contains("\"error\"")) {
            reply = replies.readLine(); // a greeting or an event
        }
        return reply != null && reply.contains("\"return\"");
    }
}
