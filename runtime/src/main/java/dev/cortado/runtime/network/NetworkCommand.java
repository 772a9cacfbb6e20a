package dev.cortado.runtime.network;

import dev.cortado.kernel.monitor.MonitorCommand;
import dev.cortado.kernel.monitor.MonitorText;
import dev.cortado.runtime.net.dns.DnsConfiguration;
import dev.cortado.runtime.net.stack.NetworkStack;
import dev.cortado.runtime.net.tcp.TcpTransport;
import java.util.List;

/**
 * The network: interfaces, name servers, sockets, and what was dropped. It takes no lock and makes
 * no objects, so that it can tell of a network that hangs, on a machine whose heap is full; what it
 * shows is of about now.
 */
public final class NetworkCommand implements MonitorCommand {
    private final NetworkText to = new NetworkText();
    private final SocketReport sockets = new SocketReport();

    @Override
    public char key() {
        return 'n';
    }

    @Override
    public String description() {
        return "network: interfaces, sockets, what was dropped and why";
    }

    @Override
    public void run(MonitorText text) {
        try {
            GuestNetwork network = GuestNetwork.running();
            if (network == null) {
                explain(text);
            } else {
                show(
                        text,
                        network.stack(),
                        network.tcp(),
                        network.resolver().configuration(),
                        network.interfaces());
            }
        } catch (OutOfMemoryError e) {
            text.line().text("no memory to show more").line();
        }
    }

    void show(
            MonitorText text,
            NetworkStack stack,
            TcpTransport tcp,
            DnsConfiguration names,
            List<GuestInterface> interfaces) {
        to.begin(text);
        InterfaceReport.show(to, stack, interfaces);
        InterfaceReport.showNameServers(to, names);
        InterfaceReport.showBuffers(to, stack.pool());
        sockets.show(to, stack.udp(), tcp);
        DropReport.show(to, stack.drops());
    }

    private static void explain(MonitorText text) {
        Throwable failure = GuestNetwork.failure();
        if (failure != null) {
            text.text("the network could not be started: ").text(failure.getClass().getName());
            String message = failure.getMessage();
            text.text(message == null ? "" : ": ").text(message == null ? "" : message);
        } else if (GuestNetwork.isBegun()) {
            text.text("the network is being started");
        } else {
            text.text("the network has not been started: the program has not asked for it");
        }
        text.line();
    }
}
