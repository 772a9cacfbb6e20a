package dev.cortado.system.peers;

import dev.cortado.system.Session;
import dev.cortado.system.TapNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server in a guest on a tap, whose monitor is at hand. */
final class Guest implements AutoCloseable {
    static final String MAC = "52:54:00:77:00:02";

    private static final String OPEN = "\u0014";
    private static final String PROMPT = "monitor> ";

    private final Session session;

    /**
     * Starts one, and waits until it listens.
     *
     * @param wires QEMU's options for a netdev called {@code net}
     * @param device of the card's, what it can and cannot
     * @param arguments of the program
     */
    Guest(
            TapNetwork network,
            Path image,
            String memory,
            List<String> wires,
            String device,
            String arguments) {
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-machine", "q35"));
        command.addAll(List.of("-smp", "2", "-accel", "tcg", "-cpu", "max", "-m", memory));
        command.addAll(List.of("-nodefaults", "-no-reboot", "-display", "none"));
        command.addAll(List.of("-kernel", image.toString(), "-serial", "stdio"));
        String card = "virtio-net-pci,romfile=,netdev=net,mac=" + MAC + device;
        command.addAll(List.of("-device", card));
        command.addAll(wires);
        String words = "cortado.console=framed cortado.monitor=on " + TapNetwork.WORD;
        command.addAll(List.of("-append", words + " -- " + arguments));
        session = new Session(network.inside(command));
        try {
            session.await("Listening on port ");
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    Guest(TapNetwork network, Path image, String memory, String arguments) {
        this(network, image, memory, TapNetwork.netdev(), "", arguments);
    }

    /** Asks it what it has, after a collection of its garbage. */
    Readings read() {
        session.type(OPEN);
        session.await(PROMPT);
        StringBuilder shown = new StringBuilder();
        for (String key : List.of("g", "m", "n")) {
            session.type(key);
            shown.append(session.await(PROMPT));
        }
        session.type("q");
        return Readings.of(shown.toString());
    }

    /** What it has computed so far, on all processors. */
    Duration computed() {
        return session.computed();
    }

    @Override
    public void close() {
        session.close();
    }
}
