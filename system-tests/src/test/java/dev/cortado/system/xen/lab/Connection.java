package dev.cortado.system.xen.lab;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A command that dom0's server runs, see the script {@code serve}. */
final class Connection implements Closeable {
    private static final int BUFFER = 8192;

    private final Socket socket;
    private final String command;
    private final StringBuilder output = new StringBuilder();
    private final byte[] buffer = new byte[BUFFER];

    Connection(int port, String command) {
        this.command = command;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            byte[] bytes = command.getBytes(StandardCharsets.UTF_8);
            write(Base64.getEncoder().encodeToString(bytes) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Types into the command's standard input. */
    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** No more input. */
    void endInput() throws IOException {
        socket.shutdownOutput();
    }

    /** What has come so far. */
    String output() {
        return output.toString();
    }

    /** Waits for more output; false when the command has ended, or nothing came for that long. */
    boolean read(Duration patience) throws IOException {
        InputStream in = socket.getInputStream();
        socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
        try {
            int count = in.read(buffer);
            if (count > 0) {
                output.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
            return count > 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Reads to the command's end. */
    CommandResult result(Duration patience) {
        try {
            long last = System.nanoTime() + patience.toNanos();
            while (read(Duration.ofNanos(Math.max(0, last - System.nanoTime())))) {
                // There may be more.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(command + ": " + output, e);
        }
        int zero = output.lastIndexOf("\0");
        if (zero < 0 || output.indexOf("\n", zero) < 0) {
            throw new AssertionError(
                    "no end of \"%s\" within %d s: %s"
                            .formatted(command, patience.toSeconds(), output));
        }
        int end = output.indexOf("\n", zero);
        int exitCode = Integer.parseInt(output.substring(zero + 1, end));
        // What follows comes of a process that the command has left behind.
        output.delete(zero, end + 1);
        String text =
                new String(
                        output.toString().getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.UTF_8);
        return new CommandResult(exitCode, text);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
