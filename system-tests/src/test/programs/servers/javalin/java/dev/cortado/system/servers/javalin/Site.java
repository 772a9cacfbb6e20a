package dev.cortado.system.servers.javalin;

import dev.cortado.system.servers.site.Pattern;
import dev.cortado.system.servers.site.Sum;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/** What all servers of this test have to offer, as routes of Javalin's. */
final class Site {
    private Site() {}

    static void addTo(RoutesConfig routes) {
        routes.get("/hello", context -> context.result("Hello from Javalin\n"));
        routes.post("/echo", Site::echo);
        routes.get("/bytes", context -> bytes(context, true));
        routes.get("/chunked", context -> bytes(context, false));
        routes.post("/sum", context -> context.result(Sum.of(context.bodyInputStream()) + "\n"));
        routes.get(
                "/error",
                context -> {
                    throw new IllegalStateException("on purpose");
                });
    }

    private static void echo(Context context) throws IOException {
        context.contentType(context.contentType());
        if (context.contentLength() >= 0) {
            context.res().setContentLength(context.contentLength());
        }
        context.bodyInputStream().transferTo(context.outputStream());
    }

    private static void bytes(Context context, boolean isLengthTold) throws IOException {
        int length = Integer.parseInt(context.queryString());
        context.contentType("application/octet-stream");
        if (isLengthTold) {
            context.res().setContentLength(length);
        }
        Pattern.write(context.outputStream(), length);
    }
}
