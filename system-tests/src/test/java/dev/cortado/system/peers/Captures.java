package dev.cortado.system.peers;

import dev.cortado.system.Outcome;
import dev.cortado.system.guest.peers.BulkServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What tshark says of frames that one of the machines has sent. */
final class Captures {
    /** Warnings (Wireshark, epan/proto.h: PI_WARN), and what is worse. */
    private static final int WARNING = 0x600000;

    /**
     * What it cannot know of a wire that loses, or says of the other side's loss: every sender
     * sends again what was lost, and tells what came twice.
     */
    private static final Set<String> NATURAL =
            Set.of(
                    "This frame is a (suspected) out-of-order segment",
                    "D-SACK Sequence",
                    "TCP window specified by the receiver is now completely full");

    private Captures() {}

    /** Where a capture goes, and stays for people to look at. */
    static Path file(String name) throws IOException {
        Path module = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
        Path captures = Files.createDirectories(module.resolve("target/captures"));
        return captures.resolve(name + ".pcap");
    }

    /**
     * What is wrong with frames from a hardware address: a line each, with its number.
     *
     * @param sender as in 52:54:00:00:78:02
     * @param expected what tshark says of a frame that is right nevertheless
     */
    static List<String> wrong(Path capture, String sender, String... expected) {
        List<String> command =
                new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields"));
        for (int port : new int[] {BulkServer.SINK, BulkServer.SOURCE}) {
            command.addAll(List.of("-d", "tcp.port==" + port + ",data"));
        }
        for (String protocol : List.of("ip", "tcp", "udp")) {
            command.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
        }
        for (String field : List.of("frame.number", "_ws.expert.message", "_ws.malformed")) {
            command.addAll(List.of("-e", field));
        }
        command.addAll(
                List.of(
                        "-Y",
                        "eth.src == "
                                + sender
                                + " && (_ws.malformed || _ws.expert.severity >= "
                                + WARNING
                                + ")"));
        Outcome outcome = Outcome.of(command, "");
        List<String> right = new ArrayList<>(NATURAL);
        right.addAll(List.of(expected));
        return outcome.console().lines().filter(line -> isWrong(line, right)).toList();
    }

    /** Whether there is a frame that a filter of tshark's lets through. */
    static boolean has(Path capture, String filter) {
        Outcome outcome =
                Outcome.of(List.of("tshark", "-n", "-r", capture.toString(), "-Y", filter), "");
        return outcome.console().lines().anyMatch(line -> line.matches(" *[0-9]+ .*"));
    }

    private static boolean isWrong(String line, List<String> right) {
        String[] fields = line.split("\t", -1);
        if (fields.length < 2 || !fields[0].matches("[0-9]+")) {
            return false; // tshark's own words
        }
        return !fields[fields.length - 1].isEmpty()
                || right.stream().noneMatch(each -> fields[1].contains(each));
    }
}
