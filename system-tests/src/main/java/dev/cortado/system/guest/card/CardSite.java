package dev.cortado.system.guest.card;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;

/**
 * A site that says what it is asked, gives back what it gets, and kills the driver of the card that
 * it is reached by.
 */
public final class CardSite {
    private static final int PORT = 8080;
    private static final int MOST_BYTES = 16 << 20;

    private CardSite() {}

    /**
     * The next driver begins up to a second later: sixty deaths a minute are not reached, with
     * which it would be given up.
     */
    private static final int LEAST_PAUSE_MILLIS = 100;

    private static final int MOST_PAUSE_MILLIS = 1000;

    /** Serves until the machine is told to stop. */
    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(PORT), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> send(exchange, text("Hello, card\n")));
        server.createContext("/echo", telling(exchange -> send(exchange, body(exchange))));
        server.createContext(
                "/kill",
                exchange -> {
                    send(exchange, text("killed " + kill().size() + "\n"));
                });
        server.createContext(
                "/deaths/",
                exchange -> {
                    String[] path = exchange.getRequestURI().getPath().split("/");
                    int deaths = Integer.parseInt(path[path.length - 1]);
                    Thread.ofPlatform().start(() -> killAgainAndAgain(deaths));
                    send(exchange, text("begun\n"));
                });
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("Stopped")));
        System.out.println("Listening on port " + PORT);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    private static void send(HttpExchange exchange, byte[] answer) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** The server says nothing of what ends a request without an answer. */
    private static HttpHandler telling(HttpHandler handler) {
        return exchange -> {
            try {
                handler.handle(exchange);
            } catch (IOException | RuntimeException | Error e) {
                e.printStackTrace();
                throw e;
            }
        };
    }

    /**
     * At times that nobody knows, so that others are at any point of what they do; but never one
     * that is dead already, and waits for the next.
     */
    private static void killAgainAndAgain(int deaths) {
        Random random = new Random(deaths);
        try {
            for (int killed = 0; killed < deaths; ) {
                Thread.sleep(random.nextInt(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS));
                for (Thread driver : kill()) {
                    driver.join(); // it ends when the next has been started
                    killed++;
                }
                System.out.println("Killed " + killed + " of " + deaths);
            }
        } catch (InterruptedException e) {
            return; // nobody does that
        }
    }

    /** Interrupts the drivers' threads, which ends them wherever they wait. */
    private static List<Thread> kill() {
        // Who handles a request is a virtual thread, which has a group of its own.
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[64];
        int count = all.enumerate(threads);
        List<Thread> drivers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().startsWith("service network")) {
                threads[i].interrupt();
                drivers.add(threads[i]);
            }
        }
        return drivers;
    }
}
