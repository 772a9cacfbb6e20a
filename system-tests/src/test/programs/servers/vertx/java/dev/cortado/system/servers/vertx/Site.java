package dev.cortado.system.servers.vertx;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** What all servers of this test have to offer, as routes of Vert.x'. */
final class Site {
    private static final long MOST_BYTES = 64 << 20;

    private Site() {}

    static void addTo(Router router) {
        // It has the directory file-uploads in the one that the program was started in.
        router.route().handler(BodyHandler.create().setBodyLimit(MOST_BYTES));
        router.route("/hello").handler(context -> text(context, "Hello from Vert.x\n"));
        router.post("/echo").handler(Site::echo);
        router.get("/bytes").handler(context -> bytes(context, true));
        router.get("/chunked").handler(context -> bytes(context, false));
        router.post("/sum").handler(Site::sum);
        router.route("/error")
                .handler(context -> {
                    throw new IllegalStateException("on purpose");
                });
    }

    private static void text(RoutingContext context, String text) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8");
        context.end(text);
    }

    private static void echo(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, type);
        context.end(context.body().buffer());
    }

    private static void sum(RoutingContext context) {
        context.vertx()
                .eventBus()
                .<String>request(Sums.ADDRESS, context.body().buffer())
                .onSuccess(answer -> text(context, answer.body()))
                .onFailure(context::fail);
    }

    private static void bytes(RoutingContext context, boolean isLengthTold) {
        String length = context.request().query();
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
        if (isLengthTold) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, length);
        } else {
            response.setChunked(true);
        }
        new PatternOutput(response, Integer.parseInt(length)).write();
    }
}
