package dev.cortado.image.network;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of this machine, which QEMU will listen at. */
final class HostPorts {
    private HostPorts() {}

    /**
     * Looks whether they are free, and chooses those that were left open. All are held until the
     * last is chosen, so that no two are the same.
     *
     * @throws UserError if somebody has one, or may not have it
     */
    static List<PortForward> claim(List<PortForward> forwards) {
        List<AutoCloseable> held = new ArrayList<>();
        try {
            List<PortForward> chosen = new ArrayList<>();
            for (PortForward forward : forwards) {
                chosen.add(forward.withHostPort(claim(forward, held)));
            }
            return chosen;
        } finally {
            held.forEach(HostPorts::close);
        }
    }

    private static int claim(PortForward forward, List<AutoCloseable> held) {
        InetSocketAddress address = new InetSocketAddress(forward.host(), forward.hostPort());
        try {
            if (forward.protocol() == PortForward.Protocol.UDP) {
                DatagramSocket socket = new DatagramSocket(null);
                held.add(socket);
                socket.bind(address);
                return socket.getLocalPort();
            }
            ServerSocket socket = new ServerSocket();
            held.add(socket);
            socket.setReuseAddress(true); // as QEMU does: connections of before may linger
            socket.bind(address);
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UserError(
                    "--forward %s: this machine's %s port %d at %s cannot be had (%s): end who has it, or write 0:%d for a free one"
                            .formatted(
                                    forward.word(),
                                    forward.protocol(),
                                    forward.hostPort(),
                                    forward.host(),
                                    e.getMessage(),
                                    forward.guestPort()),
                    e);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // It holds nothing that anybody waits for.
            return;
        }
    }
}
