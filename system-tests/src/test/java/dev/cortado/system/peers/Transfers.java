package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.system.guest.peers.Bulk;
import dev.cortado.system.guest.peers.BulkServer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Linux brings to a peer and gets from it, each time with its sum.
 *
 * @param shell runs a command there, and says what that has said
 */
record Transfers(UnaryOperator<String> shell, String peer) {
    private static final Pattern TIME = Pattern.compile("real\\s+(\\d+)m ([0-9.]+)s");
    private static final double MINUTE = 60;

    /** Brings so many bytes there; seconds that it took. */
    double upload(int bytes) {
        String command = "head -c %d /data | nc %s %d".formatted(bytes, peer, BulkServer.SINK);
        String said = timed(command);
        assertEquals("took " + bytes + " " + Bulk.sum(bytes), said.lines().findFirst().orElse(""));
        return seconds(said);
    }

    /** Gets so many bytes from there; seconds that it took. */
    double download(int bytes) {
        String command = "echo %d | nc %s %d | crc32".formatted(bytes, peer, BulkServer.SOURCE);
        String said = timed(command);
        assertEquals(Bulk.sum(bytes), said.lines().findFirst().orElse(""));
        return seconds(said);
    }

    private String timed(String command) {
        return shell.apply("time sh -c '" + command + "'").replace("\r", "");
    }

    private static double seconds(String said) {
        Matcher time = TIME.matcher(said);
        if (!time.find()) {
            throw new AssertionError("no time in " + said);
        }
        return Integer.parseInt(time.group(1)) * MINUTE + Double.parseDouble(time.group(2));
    }
}
