package dev.cortado.system.servers;

import dev.cortado.system.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Redis, empty, which asks for a password. */
final class RedisServer implements Neighbour {
    private final Path directory;
    private final Session server;
    private final int port = HostTools.freePort();

    RedisServer() throws IOException {
        String program = HostTools.find("redis-server", Path.of("/usr/bin"), Path.of("/usr/sbin"));
        directory = Files.createTempDirectory("redis");
        Path configuration = directory.resolve("redis.conf");
        Files.writeString(
                configuration,
                """
                bind 127.0.0.1
                port %d
                dir %s
                save ""
                requirepass espresso
                """
                        .formatted(port, directory));
        List<String> command = List.of(program, configuration.toString());
        server = HostTools.start(command, "Ready to accept connections");
    }

    @Override
    public List<String> arguments() {
        return List.of(String.valueOf(port));
    }

    @Override
    public void close() {
        server.signal("TERM");
        server.awaitEnd();
        HostTools.delete(directory);
    }
}
