package dev.cortado.image.cli;

import dev.cortado.image.guests.Guest;
import dev.cortado.image.guests.GuestJson;
import dev.cortado.image.guests.GuestStore;
import dev.cortado.image.guests.GuestTable;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cortado ps}. */
@Command(
        name = "ps",
        description = "Lists the guests that run in the background.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  cortado ps",
            "  cortado ps --all",
            "  cortado ps --json | jq '.[] | select(.name == \"app\").ports[0].hostPort'"
        })
final class PsCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
            names = {"-a", "--all"},
            description = "Those as well that have ended, with their exit codes.")
    private boolean all;

    @Option(
            names = "--json",
            description =
                    "Print a JSON array, with an object a guest: name, state, exitCode, reason,"
                            + " pid, started, uptimeSeconds, ports, image, console (the file with"
                            + " its output).")
    private boolean json;

    @Override
    public void run() {
        GuestStore.Listing listing = GuestStore.usual().list();
        List<Guest> shown =
                listing.guests().stream()
                        .filter(guest -> all || !guest.state().hasEnded())
                        .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(GuestJson.render(shown, listing.damages(), Instant.now()));
        } else {
            out.print(GuestTable.render(shown, Instant.now()));
            PrintWriter err = spec.commandLine().getErr();
            listing.damages().forEach(damage -> err.println("cortado: " + damage.problem()));
            err.flush();
        }
        out.flush();
    }
}
