package dev.cortado.image.network;

import dev.cortado.image.UserError;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of the host whose connections are the guest's.
 *
 * @param host the host's address, IPv4 with dots
 * @param hostPort 0 for one that is free
 * @param guestPort the guest's
 */
public record PortForward(Protocol protocol, String host, int hostPort, int guestPort) {
    /** Which kind of port. */
    public enum Protocol {
        TCP,
        UDP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Nobody but this machine's programs gets there. */
    static final String LOOPBACK = "127.0.0.1";

    private static final Pattern FORMAT =
            Pattern.compile("(?:([^:/]+):)?(\\d{1,5}):(\\d{1,5})(?:/(tcp|udp))?");
    private static final int LAST_PORT = 0xffff;

    /**
     * Understands {@code 8080:80}, {@code 0.0.0.0:8080:80} and {@code 5353:53/udp}.
     *
     * @throws UserError if it is something else
     */
    public static PortForward parse(String word) {
        Matcher match = FORMAT.matcher(word.strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new UserError(
                    "--forward %s: write HOSTPORT:GUESTPORT, such as 8080:80, 0.0.0.0:8080:80 or 5353:53/udp"
                            .formatted(word));
        }
        String host = match.group(1) == null ? LOOPBACK : match.group(1);
        if (Ipv4.parse(host).isEmpty()) {
            throw new UserError(
                    "--forward %s: %s is no IPv4 address of this machine".formatted(word, host));
        }
        int hostPort = Integer.parseInt(match.group(2));
        int guestPort = Integer.parseInt(match.group(3));
        if (hostPort > LAST_PORT || guestPort > LAST_PORT || guestPort == 0) {
            throw new UserError(
                    "--forward %s: ports are from 1 to %d (0 for a free one of this machine)"
                            .formatted(word, LAST_PORT));
        }
        Protocol protocol = "udp".equals(match.group(4)) ? Protocol.UDP : Protocol.TCP;
        return new PortForward(protocol, host, hostPort, guestPort);
    }

    PortForward withHostPort(int port) {
        return new PortForward(protocol, host, port, guestPort);
    }

    /** As {@link #parse} understands it. */
    public String word() {
        String suffix = protocol == Protocol.UDP ? "/udp" : "";
        return host + ":" + hostPort + ":" + guestPort + suffix;
    }

    /** For people. */
    @Override
    public String toString() {
        String suffix = protocol == Protocol.UDP ? "/udp" : "";
        return host + ":" + hostPort + " -> port " + guestPort + suffix;
    }
}
