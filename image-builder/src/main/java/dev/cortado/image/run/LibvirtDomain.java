package dev.cortado.image.run;

import dev.cortado.image.ExitHook;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A domain from its definition to its end, when libvirt forgets it again; also after Ctrl-C. */
final class LibvirtDomain implements AutoCloseable {
    /** For libvirt to see that QEMU has ended. */
    private static final long END_SECONDS = 10;

    private static final long POLL_MILLIS = 50;

    /** What virsh returns when libvirt does not do something. */
    private static final int REFUSED = 1;

    private final Virsh virsh;
    private final String name;
    private final Path description;
    private ExitHook remover;
    private boolean isDefined;

    /**
     * @param description a file with its XML, which has that name in it
     */
    LibvirtDomain(Virsh virsh, String name, Path description) {
        this.virsh = virsh;
        this.name = name;
        this.description = description;
    }

    /**
     * Defines and starts it.
     *
     * @throws UserError if libvirt cannot do that, with what it says
     */
    void start() throws IOException, InterruptedException {
        remover = new ExitHook("libvirt-remover", this::remove);
        // It may be defined though virsh was ended before it could say so.
        setDefined(true);
        ProgramResult result = virsh.run("define", description.toString());
        if (result.exitCode() == REFUSED) {
            setDefined(false);
        }
        require("define", result);
        require("start", virsh.run("start", name));
    }

    private synchronized void setDefined(boolean defined) {
        isDefined = defined;
    }

    private static void require(String what, ProgramResult result) {
        if (!result.succeeded()) {
            String hint =
                    result.output().contains("Permission denied")
                            ? ": its QEMU runs as another user, who has to be let to the image's"
                                    + " directory, or take --connect qemu:///session"
                            : "";
            throw new UserError(
                    "libvirt cannot %s the domain: %s%s".formatted(what, result.line(), hint));
        }
    }

    /** Asks the guest to end, as its power button would. */
    EndSignals.Answer ask() {
        return EndSignals.ask(() -> virsh.run("shutdown", name, "--mode", "acpi"));
    }

    /** Ends it at once. */
    void destroy() {
        quietly("destroy", name);
    }

    /** What libvirt says of a domain whose QEMU has ended, such as "shut off (crashed)". */
    String end() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        try {
            ProgramResult state = virsh.run("domstate", name, "--reason");
            while (!state.output().startsWith("shut off") && System.nanoTime() < deadline) {
                Thread.sleep(POLL_MILLIS);
                state = virsh.run("domstate", name, "--reason");
            }
            return state.line();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        remove();
        if (remover != null) {
            remover.close();
        }
    }

    private synchronized void remove() {
        if (isDefined) {
            isDefined = false;
            destroy();
            quietly("undefine", name, "--nvram");
        }
    }

    private void quietly(String... arguments) {
        try {
            virsh.run(arguments);
        } catch (IOException | UserError e) {
            // Nobody is there to be told; virsh list --all shows it.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
