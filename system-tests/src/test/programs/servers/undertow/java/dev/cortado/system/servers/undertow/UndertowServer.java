package dev.cortado.system.servers.undertow;

import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;

/** Undertow, whose handler may wait, at the port that the argument says. */
public final class UndertowServer {
    private UndertowServer() {}

    public static void main(String[] arguments) {
        Undertow server =
                Undertow.builder()
                        .addHttpListener(Integer.parseInt(arguments[0]), "0.0.0.0")
                        .setHandler(new BlockingHandler(new Site()))
                        .build();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        System.out.println("Listening: port " + address.getPort() + " is open");
    }

    private static void stop(Undertow server) {
        server.stop();
        System.out.println("Stopped");
    }
}
