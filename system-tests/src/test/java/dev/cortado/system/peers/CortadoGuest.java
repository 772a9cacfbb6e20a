package dev.cortado.system.peers;

import dev.cortado.system.Cortado;
import dev.cortado.system.Program;
import dev.cortado.system.Session;
import dev.cortado.system.guest.peers.BulkServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** {@link BulkServer} in an image of its own. */
final class CortadoGuest implements Peer {
    private static final int MEGABYTES = 128;

    private final Session session;

    /**
     * @param netdev QEMU's option for its network
     * @param around what starts the command, such as a namespace
     * @param words of the kernel's command line
     * @param arguments of the program
     */
    CortadoGuest(
            List<String> netdev,
            UnaryOperator<List<String>> around,
            int name,
            String words,
            String... arguments) {
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64"));
        command.addAll(List.of("-machine", "microvm,acpi=off", "-accel", "tcg", "-cpu", "max"));
        command.addAll(List.of("-m", MEGABYTES + "M", "-nodefaults", "-no-reboot"));
        command.addAll(List.of("-display", "none", "-serial", "stdio"));
        command.addAll(List.of("-kernel", Image.FILE.toString()));
        command.addAll(List.of("-append", words + " -- " + String.join(" ", arguments)));
        command.addAll(
                List.of(
                        "-device",
                        "virtio-net-device,netdev=net,mac=" + LinuxGuest.hardwareAddress(name)));
        command.addAll(netdev);
        session = new Session(around.apply(command));
    }

    /** Built when the first is started. */
    private static final class Image {
        static final Path FILE =
                Cortado.build(
                        Program.peer(BulkServer.class),
                        Program.peer(BulkServer.class).imageFile("first"));
    }

    /** With the addresses of a host of that number, and the way to others. */
    static CortadoGuest at(List<String> netdev, int host) {
        String words =
                "cortado.net=eth0:%s/24,%s/64,gateway=%s,gateway=%s"
                        .formatted(
                                Peer.ipv4(host),
                                Peer.ipv6(host),
                                Peer.ipv4(Peer.GATEWAY),
                                Peer.ipv6(Peer.GATEWAY));
        CortadoGuest guest = new CortadoGuest(netdev, UnaryOperator.identity(), host, words);
        try {
            guest.await("serving");
            return guest;
        } catch (AssertionError e) {
            guest.session.close();
            throw e;
        }
    }

    /** Waits until it says so; all that it has said until then. */
    String await(String text) {
        return session.await(text);
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
