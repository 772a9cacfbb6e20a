package dev.cortado.image.cli;

import dev.cortado.image.UserError;
import dev.cortado.image.guests.GuestName;
import dev.cortado.image.guests.GuestStopper;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cortado rm}. */
@Command(
        name = "rm",
        description = "Removes guests that have ended, with what they have written.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  cortado rm app", "  cortado rm --force app app-2"})
final class RmCommand implements Runnable {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The guests.")
    private List<String> names;

    @Option(
            names = {"-f", "--force"},
            description = "Kill those that run, and remove those whose records are damaged.")
    private boolean force;

    @Override
    public void run() {
        GuestStopper stopper = GuestStopper.usual();
        List<String> problems = new ArrayList<>();
        for (GuestName name : names.stream().map(GuestName::parse).distinct().toList()) {
            try {
                stopper.remove(name, force);
            } catch (UserError e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new UserError(String.join("\n", problems));
        }
    }
}
