package dev.cortado.image.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * QEMU's own network, seen from QEMU. It accepts connections to a forwarded port before it has
 * asked the guest, so that a client cannot tell whether the guest has accepted.
 *
 * @param socket where QEMU listens for its monitor protocol
 */
public record UserNetwork(Path socket) {
    private static final String QUESTION =
            "{\"execute\": \"human-monitor-command\","
                    + " \"arguments\": {\"command-line\": \"info usernet\"}}";

    /** State, descriptor, the host's address and port, as {@code info usernet} lists them. */
    private static final Pattern CONNECTION =
            Pattern.compile("TCP\\[(\\w+)\\] +\\d+ +\\S+ +(\\d{1,5}) ");

    /**
     * Whether the guest has accepted a connection to a forwarded port of the host.
     *
     * @param hostPort the host's TCP port
     * @return false as well if QEMU does not say in time
     */
    public boolean hasAccepted(int hostPort, Duration patience) {
        try (QmpConnection connection = QmpConnection.open(socket, patience)) {
            return hasAccepted(hostPort, connection.execute(QUESTION));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasAccepted(int hostPort, String answer) {
        Matcher connection = CONNECTION.matcher(answer);
        while (connection.find()) {
            if (Integer.parseInt(connection.group(2)) == hostPort
                    && connection.group(1).equals("ESTABLISHED")) {
                return true;
            }
        }
        return false;
    }
}
