package dev.cortado.image.cli;

import dev.cortado.image.UserError;
import dev.cortado.image.guests.Guest;
import dev.cortado.image.guests.GuestName;
import dev.cortado.image.guests.GuestStopper;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cortado stop}. */
@Command(
        name = "stop",
        description =
                "Ends guests in the background: presses their power buttons, which is SIGTERM to"
                        + " their programs, and kills those that go on. Says how each has ended.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  cortado stop app", "  cortado stop --timeout 60 app app-2"})
final class StopCommand implements Runnable {
    /** A year: more would be no answer to how long. */
    private static final double LONGEST = 365 * 24 * 60 * 60;

    @Spec private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The guests.")
    private List<String> names;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "SECONDS",
            description =
                    "How long they may take before they are killed; 0 does so at once. Default:"
                            + " ${DEFAULT-VALUE}.")
    private double timeout = GuestStopper.USUAL_PATIENCE.toSeconds();

    @Override
    public void run() {
        if (!(timeout >= 0 && timeout <= LONGEST)) {
            throw new UserError("--timeout must be 0 or more seconds, and not more than a year");
        }
        Duration patience = Duration.ofMillis((long) (timeout * 1000));
        List<Guest> ended =
                GuestStopper.usual().stop(names.stream().map(GuestName::parse).toList(), patience);
        PrintWriter out = spec.commandLine().getOut();
        ended.forEach(guest -> out.println(guest.name() + " " + guest.state().sentence()));
        out.flush();
    }
}
