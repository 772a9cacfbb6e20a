package dev.cortado.system.servers.helidon;

import dev.cortado.system.servers.site.Pattern;
import dev.cortado.system.servers.site.Sum;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What all servers of this test have to offer, as Helidon's routes. */
final class Site {
    private Site() {}

    static void offer(HttpRouting.Builder routes) {
        routes.route(
                        Method.predicate(Method.GET, Method.HEAD),
                        PathMatchers.exact("/hello"),
                        (request, response) -> text(response, "Hello from Helidon\n"))
                .post("/echo", Site::echo)
                .get("/bytes", (request, response) -> bytes(request, response, true))
                .get("/chunked", (request, response) -> bytes(request, response, false))
                .post("/sum", Site::sum)
                .get(
                        "/error",
                        (request, response) -> {
                            throw new IllegalStateException("on purpose");
                        });
    }

    private static void text(ServerResponse response, String text) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8").send(text);
    }

    private static void echo(ServerRequest request, ServerResponse response) throws IOException {
        response.header(
                HeaderNames.CONTENT_TYPE, request.headers().get(HeaderNames.CONTENT_TYPE).get());
        request.headers().contentLength().ifPresent(response::contentLength);
        try (InputStream in = request.content().inputStream();
                OutputStream out = response.outputStream()) {
            in.transferTo(out);
        }
    }

    private static void bytes(ServerRequest request, ServerResponse response, boolean isFixed)
            throws IOException {
        int length = Integer.parseInt(request.query().rawValue());
        response.header(HeaderValues.CONTENT_TYPE_OCTET_STREAM);
        if (isFixed) {
            response.contentLength(length);
        }
        try (OutputStream out = response.outputStream()) {
            Pattern.write(out, length);
        }
    }

    private static void sum(ServerRequest request, ServerResponse response) throws IOException {
        try (InputStream in = request.content().inputStream()) {
            text(response, Sum.of(in) + "\n");
        }
    }
}
