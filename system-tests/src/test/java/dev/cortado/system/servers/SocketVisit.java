package dev.cortado.system.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** What is to be seen of a web server, and of its connections, by a bare socket. */
final class SocketVisit {
    private static final int PATIENCE_MILLISECONDS = 120_000;
    private static final int CONNECTIONS = 100;
    private static final int GONE = 20;
    private static final String HEAD = " HTTP/1.1\r\nHost: guest\r\n";
    private static final String HELLO = "GET /hello" + HEAD;
    private static final String LAST = "Connection: close\r\n\r\n";

    private final int port;
    private final boolean closes;

    /**
     * @param closes whether the server closes a connection that is to be closed; of one that does
     *     not, the client says that nothing more will come
     */
    SocketVisit(int port, boolean closes) {
        this.port = port;
        this.closes = closes;
    }

    /** Adds a line, or several, for each conversation. */
    void observe(List<String> seen) throws IOException {
        seen.add(conversation(HELLO + LAST));
        seen.add(conversation("GET /error" + HEAD + LAST));
        seen.add(conversation("GET /nothing" + HEAD + LAST));
        seen.add(conversation(HELLO + "\r\n" + HELLO + "\r\n" + HELLO + LAST));
        seen.add(conversation("GET /hello HTTP/1.0\r\n\r\n"));
        seen.add(conversation("GET /chunked?20" + HEAD + LAST));
        seen.add(firstLine("this is not HTTP\r\n\r\n"));
        seen.add(bitByBit(HELLO + LAST));
        seen.add(parallelConnections());
        seen.add(clientsThatGo());
        seen.add(conversation(HELLO + LAST));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
        return socket;
    }

    /** All that comes until the server closes the connection, but the time of day. */
    private String conversation(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return rest(socket);
        }
    }

    private String rest(Socket socket) throws IOException {
        if (!closes) {
            socket.shutdownOutput();
        }
        String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        return answer.replaceAll("(?i)date: [^\r]*\r\n", "");
    }

    private String firstLine(String request) throws IOException {
        return conversation(request).lines().findFirst().orElse("nothing");
    }

    /** Each byte in a segment of its own. */
    private String bitByBit(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.setTcpNoDelay(true);
            for (byte each : request.getBytes(ISO_8859_1)) {
                socket.getOutputStream().write(each);
            }
            return rest(socket);
        }
    }

    /**
     * Each asks when it is open, and again when all are. One after the other: QEMU has a backlog of
     * one connection for a port that it forwards, and one that finds no room tries again after a
     * second.
     */
    private String parallelConnections() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = connect();
                sockets.add(socket);
                socket.getOutputStream().write((HELLO + "\r\n").getBytes(ISO_8859_1));
                readHello(socket.getInputStream());
            }
            for (Socket socket : sockets) {
                socket.getOutputStream().write((HELLO + LAST).getBytes(ISO_8859_1));
            }
            for (Socket socket : sockets) {
                String answer = rest(socket);
                assertTrue(answer.contains("\r\n\r\nHello from "), answer);
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        return CONNECTIONS + " connections at once";
    }

    /** Reads to the end of an answer's only line, the first that does not end in CR and LF. */
    private static void readHello(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        do {
            int next = in.read();
            assertTrue(next >= 0, answer::toString);
            answer.append((char) next);
        } while (answer.charAt(answer.length() - 1) != '\n'
                || answer.charAt(answer.length() - 2) == '\r');
        assertTrue(answer.toString().contains("\r\n\r\nHello from "), answer::toString);
    }

    /** They ask for much, and end the connection when it begins to come. */
    private String clientsThatGo() throws IOException {
        for (int i = 0; i < GONE; i++) {
            try (Socket socket = connect()) {
                String request = "GET /chunked?" + (100 << 20) + HEAD + "\r\n";
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                InputStream in = socket.getInputStream();
                assertTrue(in.read() >= 0);
                socket.setSoLinger(i % 2 == 0, 0);
            }
        }
        return GONE + " have gone";
    }
}
