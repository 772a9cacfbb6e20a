package dev.cortado.maven;

import dev.cortado.image.ExitHook;
import dev.cortado.image.UserError;
import dev.cortado.image.guests.Guest;
import dev.cortado.image.guests.GuestName;
import dev.cortado.image.guests.GuestRequest;
import dev.cortado.image.guests.GuestStarter;
import dev.cortado.image.guests.GuestStopper;
import dev.cortado.image.guests.GuestStore;
import dev.cortado.image.network.PortForward;
import dev.cortado.image.run.DetachedQemu;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.plugin.logging.Log;

/** The guests that a build of a project has started and has to end. */
final class BackgroundGuests {
    private static final String KEY = "dev.cortado.maven.guests";
    private static final String PROPERTY = "cortado.port.";

    private final GuestStore store;
    private final GuestStarter starter;
    private final GuestStopper stopper;
    private final Map<Object, Object> context;

    /**
     * @param store where all guests are written down
     * @param context what Maven keeps for this plugin and a project as long as a build takes
     */
    BackgroundGuests(GuestStore store, DetachedQemu qemu, Map<Object, Object> context) {
        this.store = store;
        this.starter = new GuestStarter(store, qemu);
        this.stopper = new GuestStopper(store);
        this.context = context;
    }

    /** Those of this user, and of the project that a goal works on. */
    @SuppressWarnings("unchecked")
    static BackgroundGuests of(AbstractImageMojo goal) {
        return new BackgroundGuests(
                GuestStore.usual(),
                new DetachedQemu(System.getenv()),
                (Map<Object, Object>) goal.getPluginContext());
    }

    /**
     * One of them.
     *
     * @param killer ends it if Maven ends first
     */
    private record Started(GuestName name, ExitHook killer) {}

    /** The properties that tell of a guest's ports. */
    static Map<String, String> ports(List<PortForward> forwards) {
        Map<String, String> properties = new TreeMap<>();
        for (PortForward forward : forwards) {
            boolean udp = forward.protocol() == PortForward.Protocol.UDP;
            properties.putIfAbsent(
                    PROPERTY + forward.guestPort() + (udp ? ".udp" : ""),
                    Integer.toString(forward.hostPort()));
        }
        return properties;
    }

    /**
     * Starts one.
     *
     * @throws UserError if it does not come to be of use
     */
    Guest start(GuestRequest request) {
        request.console().ifPresent(this::forgetEarlier);
        Guest guest = starter.start(request);
        started().add(new Started(guest.name(), killer(guest)));
        return guest;
    }

    /** Those that builds have left which were interrupted. */
    private void forgetEarlier(Path console) {
        for (Guest guest : store.list().guests()) {
            if (guest.state().hasEnded() && guest.console().equals(console)) {
                stopper.remove(guest.name(), true);
            }
        }
    }

    /** Needs nothing but the JDK: Maven may have closed the plugin's class loader by then. */
    private static ExitHook killer(Guest guest) {
        List<ProcessHandle> processes =
                guest.pid().stream()
                        .boxed()
                        .flatMap(pid -> ProcessHandle.of(pid).stream())
                        .toList();
        return new ExitHook(
                "guest-killer", () -> processes.forEach(ProcessHandle::destroyForcibly));
    }

    /**
     * Ends all of them, and forgets them.
     *
     * @param patience how long each may take
     * @throws UserError if one had died before
     */
    void stop(Duration patience, Log log) {
        List<Started> all = List.copyOf(started());
        started().clear();
        if (all.isEmpty()) {
            log.info("Cortado: this build has started no guest");
        }
        List<String> failures = new ArrayList<>();
        for (Started each : all) {
            try {
                Guest guest = stopper.stop(List.of(each.name()), patience).getFirst();
                stopper.remove(guest.name(), false);
                String text = "guest %s %s".formatted(guest.name(), guest.state().sentence());
                log.info("Cortado: " + text);
                if (guest.state().hasFailed()) {
                    failures.add(text + "; its console is " + guest.console());
                }
            } catch (UserError e) {
                failures.add(e.getMessage());
            }
            each.killer().close();
        }
        if (!failures.isEmpty()) {
            throw new UserError(String.join("\n", failures));
        }
    }

    @SuppressWarnings("unchecked")
    private List<Started> started() {
        return (List<Started>) context.computeIfAbsent(KEY, key -> new ArrayList<Started>());
    }
}
