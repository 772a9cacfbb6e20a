package dev.cortado.system.servers;

import dev.cortado.system.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL with a database of its own, which asks for a password, and can do TLS. For root. */
final class PostgresqlServer implements Neighbour {
    /** It refuses to run as root. */
    private static final String USER = "postgres";

    private final Path directory;
    private final Session server;
    private final int port;

    PostgresqlServer() throws IOException {
        String program = HostTools.find("postgres", programs());
        directory = Files.createTempDirectory("postgresql");
        port = HostTools.freePort();
        Files.writeString(directory.resolve("password"), "espresso");
        HostTools.makeCertificate(directory);
        HostTools.run("chown", "-R", USER, directory.toString());
        Path data = directory.resolve("data");
        List<String> initialize = asUser(HostTools.find("initdb", programs()));
        initialize.addAll(List.of("-D", data.toString(), "-U", "barista", "-A", "scram-sha-256"));
        initialize.addAll(List.of("--no-locale", "-E", "UTF8", "--no-sync"));
        initialize.add("--pwfile=" + directory.resolve("password"));
        HostTools.run(initialize.toArray(String[]::new));
        List<String> command = asUser(program);
        command.addAll(List.of("-D", data.toString(), "-p", String.valueOf(port)));
        for (String setting :
                List.of(
                        "listen_addresses=127.0.0.1",
                        "unix_socket_directories=",
                        "fsync=off",
                        "ssl=on",
                        "ssl_cert_file=" + directory.resolve("certificate.pem"),
                        "ssl_key_file=" + directory.resolve("key.pem"))) {
            command.addAll(List.of("-c", setting));
        }
        server = HostTools.start(command, "ready to accept connections");
    }

    private static List<String> asUser(String program) {
        List<String> words = new ArrayList<>(List.of("setpriv", "--reuid", USER, "--regid", USER));
        words.addAll(List.of("--clear-groups", program));
        return words;
    }

    /** Debian has a directory for each version. */
    private static Path[] programs() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return new Path[] {versions};
        }
        try (Stream<Path> each = Files.list(versions)) {
            return each.map(version -> version.resolve("bin")).toArray(Path[]::new);
        }
    }

    @Override
    public List<String> arguments() {
        return List.of(String.valueOf(port));
    }

    @Override
    public void close() {
        server.signal("INT"); // does not wait for clients
        server.awaitEnd();
        HostTools.delete(directory);
    }
}
