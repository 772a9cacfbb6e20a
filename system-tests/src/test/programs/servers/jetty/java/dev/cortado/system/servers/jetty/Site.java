package dev.cortado.system.servers.jetty;

import dev.cortado.system.servers.site.Pattern;
import dev.cortado.system.servers.site.Sum;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What all servers of this test have to offer, as a handler of Jetty's. */
final class Site extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
            throws IOException {
        String query = request.getHttpURI().getQuery();
        switch (request.getHttpURI().getPath()) {
            case "/hello" -> text(response, "Hello from Jetty\n", callback);
            case "/echo" -> echo(request, response, callback);
            case "/bytes" -> {
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, Long.parseLong(query));
                bytes(response, Integer.parseInt(query), callback);
            }
            case "/chunked" -> bytes(response, Integer.parseInt(query), callback);
            case "/sum" -> text(response, sum(request) + "\n", callback);
            case "/error" -> throw new IllegalStateException("on purpose");
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void text(Response response, String text, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        Content.Sink.write(response, true, text, callback);
    }

    private static void echo(Request request, Response response, Callback callback) {
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, request.getHeaders().get(HttpHeader.CONTENT_TYPE));
        if (request.getLength() >= 0) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, request.getLength());
        }
        Content.copy(request, response, callback);
    }

    private static void bytes(Response response, int length, Callback callback) throws IOException {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            Pattern.write(out, length);
        }
        callback.succeeded();
    }

    private static Sum sum(Request request) throws IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            return Sum.of(in);
        }
    }
}
