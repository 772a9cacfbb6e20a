package dev.cortado.system.servers;

import dev.cortado.system.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** nginx at two ports, one of them with TLS and HTTP/2. */
final class NginxServer implements Neighbour {
    private static final int LARGE = 4 << 20;
    private static final int SILENT_CONNECTIONS = 10;

    /** Of directory, port, port with TLS. nginx makes directories for bodies in the first. */
    private static final String CONFIGURATION =
            """
            daemon off;
            master_process off;
            pid %1$s/nginx.pid;
            error_log stderr notice;
            events {}
            http {
                access_log off;
                client_body_temp_path %1$s/bodies;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                client_max_body_size 32m;
                types { text/plain txt; }
                keepalive_requests 1000;
                server {
                    listen 127.0.0.1:%2$d;
                    listen 127.0.0.1:%3$d ssl http2;
                    ssl_certificate %1$s/certificate.pem;
                    ssl_certificate_key %1$s/key.pem;
                    root %1$s;
                    location = /moved { return 302 /small.txt; }
                    location = /secret {
                        auth_basic "cafe";
                        auth_basic_user_file %1$s/users;
                        try_files /small.txt =500;
                    }
                    location = /upload { proxy_pass http://127.0.0.1:%2$d/uploaded; }
                    location = /uploaded { return 200 "$content_length bytes\\n"; }
                    location = /cut { return 444; }
                }
            }
            """;

    private final Path directory;
    private final Session server;
    private final int port = HostTools.freePort();
    private final int securePort = HostTools.freePort();

    /** Whoever connects to it waits for an answer. */
    private final ServerSocket silent =
            new ServerSocket(0, SILENT_CONNECTIONS, InetAddress.getLoopbackAddress());

    NginxServer() throws IOException {
        String program = HostTools.find("nginx", Path.of("/usr/sbin"), Path.of("/usr/bin"));
        directory = Files.createTempDirectory("nginx");
        HostTools.makeCertificate(directory);
        Files.writeString(directory.resolve("small.txt"), "from nginx\n");
        byte[] large = new byte[LARGE];
        new Random(LARGE).nextBytes(large);
        Files.write(directory.resolve("large.bin"), large);
        Files.writeString(directory.resolve("users"), "barista:{PLAIN}espresso\n");
        Path configuration = directory.resolve("nginx.conf");
        Files.writeString(configuration, CONFIGURATION.formatted(directory, port, securePort));
        List<String> command = List.of(program, "-e", "stderr", "-c", configuration.toString());
        server = HostTools.start(command, "using the \"epoll\" event method");
    }

    @Override
    public List<String> arguments() {
        return Stream.of(port, securePort, silent.getLocalPort()).map(String::valueOf).toList();
    }

    @Override
    public void close() {
        server.signal("TERM");
        server.awaitEnd();
        try {
            silent.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HostTools.delete(directory);
    }
}
