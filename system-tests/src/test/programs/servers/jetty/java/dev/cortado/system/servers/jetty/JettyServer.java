package dev.cortado.system.servers.jetty;

import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;

/** Jetty, for HTTP/1.1 and HTTP/2 without TLS at one port, which the argument says. */
public final class JettyServer {
    private static final long LAST_MILLISECONDS = 5000;

    private JettyServer() {}

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        HttpConfiguration configuration = new HttpConfiguration();
        ServerConnector connector =
                new ServerConnector(
                        server,
                        new HttpConnectionFactory(configuration),
                        new HTTP2CServerConnectionFactory(configuration));
        connector.setPort(Integer.parseInt(arguments[0]));
        server.addConnector(connector);
        server.setHandler(new GracefulHandler(new Site()));
        server.setStopTimeout(LAST_MILLISECONDS);
        server.setStopAtShutdown(true);
        server.addEventListener(
                new LifeCycle.Listener() {
                    @Override
                    public void lifeCycleStopped(LifeCycle event) {
                        System.out.println("Stopped");
                    }
                });
        server.start();
        System.out.println("Listening: port " + connector.getLocalPort() + " is open");
    }
}
