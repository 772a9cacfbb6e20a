package dev.cortado.system.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client of a web server, a program of its own: for each line that it reads, an address, it asks
 * the server there for its first page, and says how many milliseconds that took. It is patient: on
 * a link that is full of other things its packets get lost.
 *
 * <p>Arguments: port, seconds of patience.
 */
final class Visitor {
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: guest\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private Visitor() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int millis = Integer.parseInt(arguments[1]) * 1000;
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            long begin = System.nanoTime();
            String result;
            try {
                result = visit(new InetSocketAddress(line, port), millis);
            } catch (IOException e) {
                result = "failed: " + e;
            }
            System.out.println(
                    result + " after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        }
    }

    private static String visit(InetSocketAddress server, int millis) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(millis);
            socket.connect(server, millis);
            socket.getOutputStream().write(REQUEST);
            String text =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            boolean isRight =
                    text.startsWith("HTTP/1.1 200 OK") && text.endsWith("Hello from Cortado\n");
            return isRight ? "answered" : "failed: " + text;
        }
    }
}
