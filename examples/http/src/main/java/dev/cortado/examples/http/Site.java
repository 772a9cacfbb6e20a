package dev.cortado.examples.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What the server has to offer. */
final class Site implements HttpHandler {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final List<String> READING = List.of("GET", "HEAD");
    private static final List<String> WRITING = List.of("POST");

    /** Longest body of a request, in bytes. */
    private static final int MOST_BYTES = 16 << 20;

    private final JsonFactory json = new JsonFactory();

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            send(exchange, answer);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        List<String> methods = path.equals("/echo") ? WRITING : READING;
        if (!methods.contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", String.join(", ", methods));
            return text(405, "Method not allowed\n");
        }
        return switch (path) {
            case "/" -> text(200, "Hello from Cortado\n");
            case "/json" -> json(exchange.getRequestURI().getRawQuery());
            case "/time" -> text(200, Instant.now() + "\n");
            case "/echo" -> echo(exchange);
            default -> {
                Answer file = StaticFiles.find(path);
                yield file != null ? file : text(404, "Nothing at " + path + "\n");
            }
        };
    }

    private static Answer text(int status, String text) {
        return new Answer(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A stream needs no reflection, which an image would have to be told of. */
    private Answer json(String query) {
        String name = "world";
        if (query != null && query.startsWith("name=")) {
            name = URLDecoder.decode(query.substring(5), StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator to = json.createGenerator(ObjectWriteContext.empty(), body)) {
            to.writeStartObject()
                    .writeStringProperty("hello", name)
                    .writeNumberProperty("processors", Runtime.getRuntime().availableProcessors())
                    .writeEndObject();
        }
        return new Answer(200, "application/json", body.toByteArray());
    }

    private static Answer echo(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                return text(413, "At most " + MOST_BYTES + " bytes\n");
            }
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            return new Answer(200, type == null ? "application/octet-stream" : type, body);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders()
                    .set("Content-Length", String.valueOf(answer.body().length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        // -1 says that there is no body, 0 that its length is not known.
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
    }
}
