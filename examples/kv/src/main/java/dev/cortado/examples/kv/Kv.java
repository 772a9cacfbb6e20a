package dev.cortado.examples.kv;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A store of keys and values behind HTTP, on virtual threads: PUT, GET and DELETE of {@code /KEY},
 * and GET of {@code /} for all keys. What it has answered to is kept, whatever happens to the
 * machine. Its first argument is the directory that it keeps its data in, a second one the port.
 */
public final class Kv {
    private static final String DEFAULT_DIRECTORY = "/data";
    private static final int DEFAULT_PORT = 8080;

    /** How long requests may take that have begun when the machine is told to end, in seconds. */
    private static final int LAST_SECONDS = 5;

    private Kv() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments.length > 0 ? arguments[0] : DEFAULT_DIRECTORY);
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_PORT;
        Store store = Store.open(directory);
        System.out.println(directory + ": " + store.size() + " keys" + cutOff(store));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(threads);
        server.createContext("/", new StoreHandler(store));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, threads, store)));
        server.start();
        System.out.println("Listening on port " + server.getAddress().getPort());
    }

    private static String cutOff(Store store) {
        return store.cutOff() == 0
                ? ""
                : ", and " + store.cutOff() + " bytes of a write that did not come to its end";
    }

    /** Takes no new connections, and lets requests end. */
    private static void stop(HttpServer server, ExecutorService threads, Store store) {
        server.stop(LAST_SECONDS);
        threads.close();
        try {
            store.close();
            System.out.println("Stopped");
        } catch (IOException e) {
            System.out.println("Stopped: " + e);
        }
    }
}
