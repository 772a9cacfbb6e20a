package dev.cortado.system.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A client of a web server, a program of its own: many connections with one request each. Says how
 * many it has made a second, for each tenth of them.
 *
 * <p>Arguments: address, port, how many connections, how many at once.
 */
final class ShortConnections {
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: guest\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int PARTS = 10;

    private final InetSocketAddress server;
    private final int count;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private long partBegin = System.nanoTime();

    private ShortConnections(InetSocketAddress server, int count) {
        this.server = server;
        this.count = count;
    }

    public static void main(String[] arguments) throws Exception {
        InetSocketAddress server =
                new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        new ShortConnections(server, Integer.parseInt(arguments[2]))
                .run(Integer.parseInt(arguments[3]));
    }

    private void run(int atOnce) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            threads.add(Thread.ofPlatform().start(this::work));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("after " + ended + " connections", failure.get());
        }
        System.out.println("done");
    }

    private void work() {
        try {
            while (failure.get() == null && begun.getAndIncrement() < count) {
                connect();
                tell(ended.incrementAndGet());
            }
        } catch (IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void connect() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(server, TIMEOUT_MILLIS);
            socket.getOutputStream().write(REQUEST);
            byte[] answer = socket.getInputStream().readAllBytes();
            String text = new String(answer, StandardCharsets.US_ASCII);
            if (!text.startsWith("HTTP/1.1 200 OK") || !text.endsWith("Hello from Cortado\n")) {
                throw new IOException("answered: " + text);
            }
        }
    }

    private synchronized void tell(int number) {
        int part = Math.max(1, count / PARTS);
        if (number % part == 0) {
            long now = System.nanoTime();
            System.out.println(number + ": " + part * 1_000_000_000L / (now - partBegin) + "/s");
            partBegin = now;
        }
    }
}
