package dev.cortado.image.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** QEMU's side of its monitor protocol: one client after the other, an answer for each command. */
public final class FakeMonitor implements AutoCloseable {
    private final ServerSocketChannel server;
    private final UnaryOperator<String> answers;
    private final List<String> commands = new CopyOnWriteArrayList<>();

    /**
     * @param answers to commands but the first of a client, each a line
     */
    public FakeMonitor(Path socket, UnaryOperator<String> answers) throws IOException {
        this.answers = answers;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().start(this::serve);
    }

    /** What clients have sent. */
    public List<String> commands() {
        return commands;
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    serve(client);
                }
            }
        } catch (IOException e) {
            return; // it is closed
        }
    }

    private void serve(SocketChannel client) throws IOException {
        PrintStream out = new PrintStream(Channels.newOutputStream(client), true);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(client)));
        out.println("{\"QMP\": {\"version\": {}}}");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            boolean first = line.contains("qmp_capabilities");
            if (!first) {
                commands.add(line);
            }
            out.println(first ? "{\"return\": {}}" : answers.apply(line));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
