package dev.cortado.system.xen.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A domU, by its name, which it keeps when it is restored, migrated or rebooted. */
public final class Domain {
    private static final Pattern SHUT_DOWN =
            Pattern.compile("Domain \\d+ has shut down, reason code (\\d+)");
    private static final Pattern WATCHED =
            Pattern.compile("Waiting for domain \\S+ \\(domid (\\d+)\\) to die");
    private static final Pattern DESTROYED = Pattern.compile("Domain \\d+ has been destroyed");
    private static final String FINISHED = "Exiting now";

    private final XenHost host;
    private final String name;

    Domain(XenHost host, String name) {
        this.host = host;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Its number; a new one after each restore and reboot. */
    public int id() {
        return Integer.parseInt(host.check("xl domid " + name).strip());
    }

    /** Whether Xen still has it. */
    public boolean exists() {
        return host.run("xl domid " + name).exitCode() == 0;
    }

    /** {@code xl VERB NAME REST}, which has to succeed. */
    public String xl(String verb, String... rest) {
        return host.check("xl %s %s %s".formatted(verb, name, String.join(" ", rest)));
    }

    /**
     * All that it has written to its console so far, also before a restore or reboot, without
     * carriage returns. What it writes after a migration comes last, since it has another name
     * while it arrives.
     */
    public String console() {
        String arrived = Logs.read(host.log("console/guest-" + name + "--incoming.log"));
        return (Logs.read(consoleFile()) + arrived).replace("\r", "");
    }

    /** Waits until it has written that to its console, anywhere. */
    public String awaitConsole(String text, Duration patience) {
        Polling.await(
                patience,
                () -> console().contains(text),
                () -> "no \"%s\" on the console:%n%s".formatted(text, console()));
        return console();
    }

    /** {@code xl console}, with all that it has written since its start and nobody has read. */
    public Terminal terminal() {
        return host.open("xl console -t pv " + name);
    }

    /** What the xl that watches over it has logged since it began to. */
    public String watcherLog() {
        String log = Logs.read(host.log("xl-" + name + ".log"));
        String arrived = Logs.read(host.log("xl-" + name + "--incoming.log"));
        MatchResult here = lastWatched(log);
        MatchResult there = lastWatched(arrived);
        if (there != null && (here == null || id(there) > id(here))) {
            return arrived.substring(there.start());
        }
        return here == null ? log : log.substring(here.start());
    }

    /** Whether it is gone for good, as far as the xl that watches over it knows. */
    public boolean hasEnded() {
        String log = watcherLog();
        return log.contains(FINISHED) || DESTROYED.matcher(log).find();
    }

    /** Waits until it is gone, for good: a domain that xl starts anew is not. */
    public EndReason awaitEnd(Duration patience) {
        Polling.await(
                patience,
                this::hasEnded,
                () ->
                        "%s has not ended.%n%s%s"
                                .formatted(name, watcherLog(), Logs.tail(consoleFile(), 40)));
        Matcher shutDown = SHUT_DOWN.matcher(watcherLog());
        return shutDown.find()
                ? EndReason.values()[Integer.parseInt(shutDown.group(1))]
                : EndReason.DESTROYED;
    }

    private static MatchResult lastWatched(String log) {
        return WATCHED.matcher(log).results().reduce((one, next) -> next).orElse(null);
    }

    private static int id(MatchResult watched) {
        return Integer.parseInt(watched.group(1));
    }

    private Path consoleFile() {
        return host.log("console/guest-" + name + ".log");
    }
}
