package dev.cortado.examples.kv;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers requests: the path is the key, the body the value. */
final class StoreHandler implements HttpHandler {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int ERROR = 500;

    private final Store store;

    StoreHandler(Store store) {
        this.store = store;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = exchange.getRequestURI().getPath().substring(1);
            try {
                answer(exchange, exchange.getRequestMethod(), key);
            } catch (IOException e) {
                // Of the disk, or of the connection, to which this is not written either then.
                send(exchange, ERROR, text(e.toString()));
            }
        }
    }

    private void answer(HttpExchange exchange, String method, String key) throws IOException {
        if (key.getBytes(StandardCharsets.UTF_8).length > LogRecord.MOST_KEY_BYTES) {
            send(exchange, BAD_REQUEST, text("At most " + LogRecord.MOST_KEY_BYTES + " bytes"));
        } else if (key.isEmpty()) {
            list(exchange, method);
        } else {
            switch (method) {
                case "GET" -> get(exchange, key);
                case "PUT" -> put(exchange, key);
                case "DELETE" -> send(exchange, store.delete(key) ? NO_CONTENT : NOT_FOUND, null);
                default -> refuse(exchange, "GET, PUT, DELETE");
            }
        }
    }

    private void list(HttpExchange exchange, String method) throws IOException {
        if (method.equals("GET")) {
            send(exchange, OK, text(String.join("\n", store.keys())));
        } else {
            refuse(exchange, "GET");
        }
    }

    private void get(HttpExchange exchange, String key) throws IOException {
        byte[] value = store.get(key);
        send(exchange, value == null ? NOT_FOUND : OK, value);
    }

    private void put(HttpExchange exchange, String key) throws IOException {
        byte[] value = exchange.getRequestBody().readNBytes(LogRecord.MOST_VALUE_BYTES + 1);
        if (value.length > LogRecord.MOST_VALUE_BYTES) {
            send(exchange, TOO_LARGE, text("At most " + LogRecord.MOST_VALUE_BYTES + " bytes"));
        } else {
            store.put(key, value);
            send(exchange, NO_CONTENT, null);
        }
    }

    private static void refuse(HttpExchange exchange, String allowed) throws IOException {
        exchange.getResponseHeaders().set("Allow", allowed);
        send(exchange, NOT_ALLOWED, null);
    }

    private static byte[] text(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        // -1 says that there is no body, 0 that its length is not known.
        boolean hasBody = body != null && body.length > 0;
        exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(body);
        }
    }
}
