package dev.cortado.system.servers.helidon;

import io.helidon.webserver.WebServer;

/** Helidon, for HTTP/1.1 and HTTP/2 without TLS, at the port that the argument says. */
public final class HelidonServer {
    private HelidonServer() {}

    public static void main(String[] arguments) {
        WebServer server =
                WebServer.builder()
                        .host("0.0.0.0")
                        .port(Integer.parseInt(arguments[0]))
                        .routing(Site::offer)
                        .build()
                        .start();
        System.out.println("Listening: port " + server.port() + " is open");
    }
}
