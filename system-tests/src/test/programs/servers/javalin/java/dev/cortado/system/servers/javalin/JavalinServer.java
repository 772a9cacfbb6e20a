package dev.cortado.system.servers.javalin;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;

/** Javalin, at the port that the argument says. */
public final class JavalinServer {
    private JavalinServer() {}

    public static void main(String[] arguments) {
        Javalin server = Javalin.create(JavalinServer::configure);
        server.start(Integer.parseInt(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        System.out.println("Listening: port " + server.port() + " is open");
    }

    private static void configure(JavalinConfig configuration) {
        configuration.startup.showJavalinBanner = false;
        configuration.events.serverStopped(() -> System.out.println("Stopped"));
        Site.addTo(configuration.routes);
    }
}
