package dev.cortado.image.cli;

import dev.cortado.image.UserError;
import dev.cortado.image.guests.ConsoleFile;
import dev.cortado.image.guests.Guest;
import dev.cortado.image.guests.GuestName;
import dev.cortado.image.guests.GuestStore;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cortado logs}. */
@Command(
        name = "logs",
        description = {
            "Shows what a guest in the background has written to its console.",
            "It is in a file, which grows as the guest likes, and may be made empty while it runs:"
                    + " cortado ps --json names it (console)."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  cortado logs app", "  cortado logs --follow --tail 20 app"})
final class LogsCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "NAME", description = "The guest.")
    private String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what it writes, until it has ended.")
    private boolean follow;

    @Option(
            names = "--tail",
            paramLabel = "N",
            description = "Begin with the last N lines. Default: all.")
    private long lines = ConsoleFile.ALL;

    @Override
    public void run() {
        if (lines < 0) {
            throw new UserError("--tail must be 0 or more");
        }
        GuestStore store = GuestStore.usual();
        Guest guest = store.find(GuestName.parse(name));
        // The bytes as they are: they may be no text.
        ConsoleFile console = new ConsoleFile(guest.console(), System.out);
        try {
            if (follow) {
                console.follow(lines, () -> store.hasEnded(guest));
            } else {
                console.show(lines);
            }
        } catch (IOException e) {
            throw new UserError(
                    "the console of guest %s cannot be read: %s".formatted(guest.name(), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
