package dev.cortado.system.stores.jetty;

import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** Jetty, which serves what is in a directory. */
public final class FileServer {
    private FileServer() {}

    /** Starts it at a port of its own choice, if that is 0. */
    public static void start(Path directory, int port) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setPort(port);
        server.addConnector(connector);
        ResourceHandler handler = new ResourceHandler();
        handler.setBaseResource(ResourceFactory.of(handler).newResource(directory));
        handler.setDirAllowed(true);
        handler.setEtags(true);
        server.setHandler(handler);
        server.start();
        System.out.println("Listening: port " + connector.getLocalPort() + " is open");
    }
}
