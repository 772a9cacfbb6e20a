package dev.cortado.image.guests;

import dev.cortado.image.UserError;
import dev.cortado.image.network.PortForward;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What answers when a guest is of use. The host {@code guest} is the guest, by a forwarded port.
 */
public sealed interface Readiness {
    /**
     * A web page: its status has to be below 400.
     *
     * @param address http or https
     */
    record Url(URI address) implements Readiness {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /**
     * A TCP port: it has to accept a connection.
     *
     * @param host a name, or an address
     */
    record Port(String host, int port) implements Readiness {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** In place of a host: the port is then the guest's own. */
    String GUEST = "guest";

    Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s:/\\[\\]]+)):(\\d{1,5})");

    int LAST_PORT = 0xffff;

    /**
     * Understands {@code http://localhost:8080/path}, {@code localhost:8080} and {@code guest:80}.
     *
     * @throws UserError if it is something else
     */
    static Readiness parse(String word) {
        String text = word.strip();
        if (text.contains("://")) {
            return url(text);
        }
        Matcher match = HOST_AND_PORT.matcher(text);
        if (!match.matches()) {
            throw wrong(word);
        }
        int port = Integer.parseInt(match.group(3));
        if (port == 0 || port > LAST_PORT) {
            throw new UserError("--wait-for %s: ports are from 1 to %d".formatted(word, LAST_PORT));
        }
        return new Port(match.group(1) == null ? match.group(2) : match.group(1), port);
    }

    private static Readiness url(String text) {
        try {
            URI address = new URI(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            if (!web || address.getHost() == null || address.getPort() > LAST_PORT) {
                throw wrong(text);
            }
            return new Url(address);
        } catch (URISyntaxException e) {
            throw wrong(text);
        }
    }

    private static UserError wrong(String word) {
        return new UserError(
                "--wait-for %s: write a URL such as http://localhost:8080/, HOST:PORT, or guest:PORT for a forwarded port of the guest's"
                        .formatted(word));
    }

    /**
     * The same, with this machine's address and port where it says {@link #GUEST}.
     *
     * @throws UserError if that port of the guest's is not forwarded
     */
    default Readiness through(List<PortForward> forwards) {
        return switch (this) {
            case Port port when port.host().equals(GUEST) -> {
                PortForward forward = forward(port.port(), forwards);
                yield new Port(address(forward), forward.hostPort());
            }
            case Url url when url.address().getHost().equals(GUEST) -> {
                URI address = url.address();
                boolean secure = address.getScheme().equalsIgnoreCase("https");
                int port = address.getPort() >= 0 ? address.getPort() : secure ? 443 : 80;
                PortForward forward = forward(port, forwards);
                yield new Url(
                        URI.create(
                                "%s://%s:%d%s%s"
                                        .formatted(
                                                address.getScheme(),
                                                address(forward),
                                                forward.hostPort(),
                                                address.getRawPath(),
                                                address.getRawQuery() == null
                                                        ? ""
                                                        : "?" + address.getRawQuery())));
            }
            default -> this;
        };
    }

    private PortForward forward(int guestPort, List<PortForward> forwards) {
        return forwards.stream()
                .filter(each -> each.protocol() == PortForward.Protocol.TCP)
                .filter(each -> each.guestPort() == guestPort)
                .findFirst()
                .orElseThrow(() ->
                        new UserError(
                                "--wait-for %s: port %d of the guest is not forwarded: add --forward 0:%d"
                                        .formatted(this, guestPort, guestPort)));
    }

    /** Where a forward is reached from this machine. */
    private static String address(PortForward forward) {
        return forward.host().equals("0.0.0.0") ? "127.0.0.1" : forward.host();
    }
}
