package dev.cortado.system.servers.vertx;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;

/**
 * Vert.x at the argument's port, with the router and the handler of bodies of its web module; sums
 * are asked for by its event bus.
 */
public final class VertxServer {
    private VertxServer() {}

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        DeploymentOptions options =
                new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
        vertx.deployVerticle(new Sums(), options).await();
        Router router = Router.router(vertx);
        Site.addTo(router);
        HttpServer server =
                vertx.createHttpServer()
                        .requestHandler(router)
                        .listen(Integer.parseInt(arguments[0]))
                        .await();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(vertx)));
        System.out.println("Listening: port " + server.actualPort() + " is open");
    }

    private static void stop(Vertx vertx) {
        vertx.close().await();
        System.out.println("Stopped");
    }
}
