package dev.cortado.image.cli;

import dev.cortado.image.UserError;
import dev.cortado.image.guests.Guest;
import dev.cortado.image.guests.GuestName;
import dev.cortado.image.guests.GuestRequest;
import dev.cortado.image.guests.GuestStarter;
import dev.cortado.image.guests.Readiness;
import dev.cortado.image.run.HypervisorName;
import dev.cortado.image.run.RunRequest;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options about a guest that goes on without the command. */
final class DetachOptions {
    @Option(
            names = "--detach",
            description =
                    "Start the guest, in QEMU, wait until its program runs, print the guest's name"
                            + " and let it go on: see cortado ps, logs, stop and rm. Its System.in"
                            + " is at its end.")
    private boolean detach;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "What the guest is called. Default: as the image, with a number if need be.")
    private String name;

    @Option(
            names = "--wait-for",
            paramLabel = "URL|HOST:PORT",
            description =
                    "Wait until this answers as well: a URL with a status below 400, a TCP port by"
                            + " accepting a connection. The host \"guest\" is the guest: of"
                            + " guest:80 the forward is taken.")
    private String waitFor;

    @Option(
            names = "--wait-timeout",
            paramLabel = "SECONDS",
            description = "End a guest that is not so far after this time. Default: 60.")
    private Double waitTimeout;

    /**
     * Whether there is something to do.
     *
     * @throws UserError if only a guest in the background could have what is wanted
     */
    boolean isWanted() {
        refuseAlone(name != null, "--name");
        refuseAlone(waitFor != null, "--wait-for");
        refuseAlone(waitTimeout != null, "--wait-timeout");
        return detach;
    }

    private void refuseAlone(boolean given, String option) {
        if (given && !detach) {
            throw new UserError(option + " is for a guest in the background: add --detach");
        }
    }

    /** Starts it, and says what it is called. */
    void start(RunRequest request, HypervisorName hypervisor, CommandLine command) {
        if (hypervisor != HypervisorName.QEMU) {
            throw new UserError(
                    "--detach is for QEMU: a domain goes on by itself, start it with xl create or"
                            + " virsh create");
        }
        Duration patience =
                waitTimeout == null
                        ? GuestRequest.USUAL_PATIENCE
                        : Seconds.of("--wait-timeout", waitTimeout);
        Guest guest =
                GuestStarter.usual()
                        .start(
                                new GuestRequest(
                                        request,
                                        Optional.ofNullable(name).map(GuestName::parse),
                                        Optional.empty(),
                                        Optional.ofNullable(waitFor).map(Readiness::parse),
                                        patience,
                                        true));
        command.getOut().println(guest.name());
        command.getOut().flush();
        guest.forwards().forEach(forward -> command.getErr().println("cortado: " + forward));
        if (guest.state().hasEnded()) {
            command.getErr()
                    .printf("cortado: guest %s %s%n", guest.name(), guest.state().sentence());
        }
        command.getErr().flush();
    }
}
