package dev.cortado.system.servers.tomcat;

import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;

/** Tomcat, with one servlet, at the port that the argument says. */
public final class TomcatServer {
    private TomcatServer() {}

    public static void main(String[] arguments) throws Exception {
        // Its directory is tomcat.PORT in the one that the program was started in.
        Tomcat tomcat = new Tomcat();
        tomcat.setPort(Integer.parseInt(arguments[0]));
        tomcat.getConnector();
        hideStackTraces((StandardHost) tomcat.getHost());
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "site", new Site());
        context.addServletMappingDecoded("/*", "site");
        tomcat.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat)));
        int port = tomcat.getConnector().getLocalPort();
        System.out.println("Listening: port " + port + " is open");
        tomcat.getServer().await();
    }

    /** They are not the same everywhere. */
    private static void hideStackTraces(StandardHost host) {
        ErrorReportValve errors = new ErrorReportValve();
        errors.setShowReport(false);
        host.setErrorReportValveClass("");
        host.getPipeline().addValve(errors);
    }

    private static void stop(Tomcat tomcat) {
        try {
            tomcat.stop();
            tomcat.destroy();
            System.out.println("Stopped");
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
