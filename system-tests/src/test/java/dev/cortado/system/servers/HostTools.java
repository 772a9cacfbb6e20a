package dev.cortado.system.servers;

import dev.cortado.system.Outcome;
import dev.cortado.system.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What the servers on this host are started with. */
public final class HostTools {
    private HostTools() {}

    /** The program in one of these directories; without it, the test is skipped. */
    public static String find(String name, Path... directories) {
        for (Path directory : directories) {
            if (Files.isExecutable(directory.resolve(name))) {
                return directory.resolve(name).toString();
            }
        }
        return Assumptions.abort("there is no " + name + " in " + List.of(directories));
    }

    /** Runs a command, which must succeed. */
    static void run(String... command) {
        Outcome outcome = Outcome.of(List.of(command), "");
        if (outcome.exitCode() != 0) {
            throw new AssertionError(List.of(command) + ":\n" + outcome.console());
        }
    }

    /** Starts a server, which says this when it is ready. */
    static Session start(List<String> command, String ready) {
        Session server = new Session(command);
        try {
            server.await(ready);
            return server;
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
    }

    /** A port that nobody listens at. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Makes key.pem and certificate.pem there, for both names that this host has for programs. */
    static void makeCertificate(Path directory) {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=neighbour",
                "-addext",
                "subjectAltName=IP:10.0.2.2,IP:127.0.0.1",
                "-days",
                "2",
                "-keyout",
                directory.resolve("key.pem").toString(),
                "-out",
                directory.resolve("certificate.pem").toString());
    }

    /** Deletes a directory and all in it. */
    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
