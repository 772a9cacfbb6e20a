package dev.cortado.image.guests;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cortado.image.network.PortForward;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Guests for programs: a JSON array of objects. */
public final class GuestJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    /** What is not known of a guest is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Entry(
            String name,
            String state,
            Integer exitCode,
            String reason,
            Long pid,
            String started,
            Long uptimeSeconds,
            List<Port> ports,
            String image,
            String console) {}

    private record Port(String protocol, String host, int hostPort, int guestPort) {}

    private GuestJson() {}

    /**
     * The array, indented, with a line end.
     *
     * @param damages have the state {@code damaged}
     */
    public static String render(List<Guest> guests, List<GuestStore.Damage> damages, Instant now) {
        List<Entry> entries = new ArrayList<>();
        guests.forEach(guest -> entries.add(entry(guest, now)));
        damages.forEach(damage -> entries.add(entry(damage)));
        return MAPPER.writeValueAsString(entries) + "\n";
    }

    private static Entry entry(Guest guest, Instant now) {
        GuestState state = guest.state();
        boolean ended = state.hasEnded();
        long seconds = Math.max(0, Duration.between(guest.started(), now).toSeconds());
        return new Entry(
                guest.name().text(),
                state.phase().toString(),
                ended ? state.exitCode().getAsInt() : null,
                state.reason().isEmpty() ? null : state.reason(),
                guest.pid().isPresent() ? guest.pid().getAsLong() : null,
                guest.started().toString(),
                ended ? null : seconds,
                guest.forwards().stream().map(GuestJson::port).toList(),
                guest.image().toString(),
                guest.console().toString());
    }

    private static Entry entry(GuestStore.Damage damage) {
        return new Entry(
                damage.name().text(),
                "damaged",
                null,
                damage.problem(),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Port port(PortForward forward) {
        return new Port(
                forward.protocol().toString(),
                forward.host(),
                forward.hostPort(),
                forward.guestPort());
    }
}
