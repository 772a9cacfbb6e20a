package dev.cortado.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a server until it answers, and prints when that was, on the clock that {@link
 * System#nanoTime} shows to all processes of a Linux. A program of its own, since it runs in
 * another network namespace.
 */
final class FirstResponse {
    private static final int PATIENCE_MILLIS = 100;
    private static final int ANSWER_MILLIS = 30_000;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final long MOST_NANOS = 120_000_000_000L;

    private FirstResponse() {}

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress server =
                new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        byte[] request =
                "GET %s HTTP/1.1\r\nHost: guest\r\nConnection: close\r\n\r\n"
                        .formatted(arguments[2])
                        .getBytes(StandardCharsets.US_ASCII);
        System.out.println("ready");
        long begin = System.nanoTime();
        while (!isAnswered(server, request)) {
            if (System.nanoTime() - begin > MOST_NANOS) {
                throw new IOException("no answer from " + server);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        System.out.println(System.nanoTime());
    }

    private static boolean isAnswered(InetSocketAddress server, byte[] request) {
        try (Socket socket = new Socket()) {
            socket.connect(server, PATIENCE_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(request);
            // Whoever does not read what the request says closes then.
            socket.shutdownOutput();
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false; // not yet
        }
    }
}
