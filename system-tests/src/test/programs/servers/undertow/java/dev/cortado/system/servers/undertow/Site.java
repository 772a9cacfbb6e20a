package dev.cortado.system.servers.undertow;

import dev.cortado.system.servers.site.Pattern;
import dev.cortado.system.servers.site.Sum;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What all servers of this test have to offer, as a handler of Undertow's. */
final class Site implements HttpHandler {
    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        String query = exchange.getQueryString();
        switch (exchange.getRequestPath()) {
            case "/hello" -> text(exchange, "Hello from Undertow\n");
            case "/echo" -> echo(exchange);
            case "/bytes" -> {
                exchange.setResponseContentLength(Long.parseLong(query));
                bytes(exchange, Integer.parseInt(query));
            }
            case "/chunked" -> bytes(exchange, Integer.parseInt(query));
            case "/sum" -> text(exchange, Sum.of(exchange.getInputStream()) + "\n");
            case "/error" -> throw new IllegalStateException("on purpose");
            default -> exchange.setStatusCode(StatusCodes.NOT_FOUND);
        }
    }

    private static void text(HttpServerExchange exchange, String text) throws IOException {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void echo(HttpServerExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
        if (exchange.getRequestContentLength() >= 0) {
            exchange.setResponseContentLength(exchange.getRequestContentLength());
        }
        exchange.getInputStream().transferTo(exchange.getOutputStream());
    }

    private static void bytes(HttpServerExchange exchange, int length) throws IOException {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/octet-stream");
        Pattern.write(exchange.getOutputStream(), length);
    }
}
