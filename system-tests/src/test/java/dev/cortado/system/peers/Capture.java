package dev.cortado.system.peers;

import dev.cortado.system.Outcome;
import dev.cortado.system.Session;
import dev.cortado.system.TapNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Frames on a tap, written to a file from the beginning to {@link #close}. */
final class Capture implements AutoCloseable {
    /** Of each frame: all headers that there may be. */
    private static final int BYTES = 256;

    /** Megabytes that wait for the disk. */
    private static final int WAITING = 64;

    private final Session session;
    private final Path file;

    /**
     * @param filter which frames, as pcap-filter(7) writes it
     */
    Capture(TapNetwork network, Path file, String filter) {
        this.file = file;
        List<String> dumpcap =
                List.of(
                        "dumpcap",
                        "-q",
                        "-i",
                        TapNetwork.TAP,
                        "-s",
                        Integer.toString(BYTES),
                        "-B",
                        Integer.toString(WAITING),
                        "-f",
                        filter,
                        "-w",
                        file.toString());
        session = new Session(network.inside(dumpcap));
        try {
            session.await("File: ");
        } catch (AssertionError e) {
            session.close();
            throw e;
        }
    }

    /** All frames that came are in the file. */
    @Override
    public void close() {
        session.signal("INT");
        Outcome outcome = session.awaitEnd();
        session.close();
        if (!outcome.console().matches("(?s).*received/dropped on interface '\\S+': \\d+/0 .*")) {
            throw new AssertionError("frames are missing in the capture:\n" + outcome.console());
        }
    }

    /** A line with these fields for each frame that a display filter lets through. */
    List<String> frames(String displayFilter, String... fields) {
        return frames(file, displayFilter, fields);
    }

    static List<String> frames(Path file, String displayFilter, String... fields) {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
        command.addAll(List.of("-Y", displayFilter, "-T", "fields"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        Outcome outcome = Outcome.of(command, "");
        if (outcome.exitCode() != 0) {
            throw new AssertionError(command + ":\n" + outcome.console());
        }
        return outcome.console().lines().filter(line -> !line.startsWith("Running as ")).toList();
    }

    /**
     * What tshark says against frames of the guest's: those that are malformed, and warnings. A
     * reset is a warning, too, but what a closed port has to say; and an error quotes what others
     * have sent.
     *
     * @param but another filter for frames that may be as they are
     */
    List<String> complaints(String but) {
        String ours = "eth.src == " + Guest.MAC;
        String bad = "(_ws.malformed || _ws.expert.severity >= 6291456 || ip.checksum.status == 0)";
        String quotes =
                "(icmp.type == 3 || icmp.type == 11 || icmp.type == 12" + " || icmpv6.type < 128)";
        return frames(
                ours
                        + " && "
                        + bad
                        + " && !"
                        + quotes
                        + " && !tcp.flags.reset == 1 && !("
                        + but
                        + ")",
                "frame.number",
                "_ws.col.Info",
                "_ws.expert.message");
    }
}
