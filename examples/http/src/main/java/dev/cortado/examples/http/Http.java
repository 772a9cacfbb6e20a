package dev.cortado.examples.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A web server on virtual threads. Its first argument, or the environment's PORT, is the port; a
 * second argument {@code quiet} turns the access log off.
 */
public final class Http {
    private static final int DEFAULT_PORT = 8080;

    /** How long requests may take that have begun when the machine is told to end, in seconds. */
    private static final int LAST_SECONDS = 5;

    private Http() {}

    public static void main(String[] arguments) throws IOException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : defaultPort();
        boolean isQuiet = arguments.length > 1 && arguments[1].equals("quiet");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(threads);
        AccessLog log = isQuiet ? AccessLog.NONE : new AccessLog(System.out);
        server.createContext("/", new Site()).getFilters().add(log);
        // xl shutdown, the power button, SIGTERM for cortado run: all of them end here.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, threads)));
        server.start();
        System.out.println("Listening on port " + server.getAddress().getPort());
    }

    private static int defaultPort() {
        String port = System.getenv("PORT");
        return port == null ? DEFAULT_PORT : Integer.parseInt(port);
    }

    /** Takes no new connections, and lets requests end. */
    private static void stop(HttpServer server, ExecutorService threads) {
        server.stop(LAST_SECONDS);
        threads.close();
        System.out.println("Stopped");
    }
}
