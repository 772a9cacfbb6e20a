package dev.cortado.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Frames on a tap, written to a file from the beginning to {@link #close}. */
public final class Capture implements AutoCloseable {
    /** Nobody reads more. */
    private static final int MOST_COMPLAINTS = 20;

    /** PI_WARN of Wireshark's. */
    private static final int WARNING = 0x60_0000;

    /** For how long the file has to stay as it is, and until when, however it grows. */
    private static final long QUIET_MILLIS = 1000;

    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Megabytes that wait for the disk. */
    private static final int WAITING = 64;

    private final Session session;
    private final Path file;

    /**
     * @param filter which frames, as pcap-filter(7) writes it
     */
    public Capture(TapNetwork network, Path file, String filter) {
        this.file = file;
        List<String> dumpcap =
                List.of(
                        "dumpcap",
                        "-q",
                        "-i",
                        TapNetwork.TAP,
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

    /** All frames that came are in the file: the kernel hands the last of them on after a while. */
    @Override
    public void close() {
        awaitAll();
        session.signal("INT");
        Outcome outcome = session.awaitEnd();
        session.close();
        if (!outcome.console().matches("(?s).*received/dropped on interface '\\S+': \\d+/0 .*")) {
            throw new AssertionError("frames are missing in the capture:\n" + outcome.console());
        }
    }

    private void awaitAll() {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        try {
            long before = -1;
            for (long size = Files.size(file);
                    size != before && System.nanoTime() < deadline;
                    size = Files.size(file)) {
                before = size;
                Thread.sleep(QUIET_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A line with these fields for each frame that a display filter lets through. */
    public List<String> frames(String displayFilter, String... fields) {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
        for (String protocol : List.of("ip", "tcp", "udp")) {
            command.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
        }
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
     * What tshark says against frames that a host sends: those that are malformed, sums that are
     * wrong, and warnings. A reset is a warning, too, but what a closed port has to say; and an
     * error quotes what others have sent.
     *
     * @param mac the host's hardware address
     * @param but another filter, for frames that may be as they are
     */
    public List<String> complaints(String mac, String but) {
        String bad = "(_ws.malformed || _ws.expert.severity >= " + WARNING + ")";
        String errors = "(icmp.type in {3, 11, 12} || icmpv6.type < 128)";
        String allowed = errors + " || tcp.flags.reset == 1 || " + but;
        List<String> all =
                frames(
                        "eth.src == " + mac + " && " + bad + " && !(" + allowed + ")",
                        "frame.number",
                        "_ws.col.Info",
                        "_ws.expert.message");
        return all.subList(0, Math.min(MOST_COMPLAINTS, all.size()));
    }
}
