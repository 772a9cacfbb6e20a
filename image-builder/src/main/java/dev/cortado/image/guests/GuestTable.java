package dev.cortado.image.guests;

import dev.cortado.image.inspect.TextTable;
import dev.cortado.image.network.PortForward;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Guests as a table for people. */
public final class GuestTable {
    private static final int MARGIN = 2;

    private GuestTable() {}

    /** Lines, the first with titles. */
    public static String render(List<Guest> guests, Instant now) {
        TextTable table =
                new TextTable("llrlll", "NAME", "STATE", "PID", "UPTIME", "PORTS", "IMAGE");
        for (Guest guest : guests) {
            boolean ended = guest.state().hasEnded();
            table.row(
                    guest.name().text(),
                    state(guest.state()),
                    guest.pid().isPresent() ? Long.toString(guest.pid().getAsLong()) : "-",
                    ended ? "-" : uptime(Duration.between(guest.started(), now)),
                    ports(guest.forwards()),
                    guest.image().toString());
        }
        return table.toString().indent(-MARGIN);
    }

    private static String state(GuestState state) {
        return state.phase() + (state.hasEnded() ? " " + state.exitCode().getAsInt() : "");
    }

    /** Such as "3 h 20 min": two units at most. */
    static String uptime(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : Math.max(0, time.toSeconds()) + " s";
    }

    private static String ports(List<PortForward> forwards) {
        return forwards.isEmpty()
                ? "-"
                : forwards.stream().map(PortForward::word).collect(Collectors.joining(","));
    }
}
