package dev.cortado.image.guests;

import dev.cortado.image.ExitGuard;
import dev.cortado.image.UserError;
import dev.cortado.image.run.DetachedQemu;
import dev.cortado.image.run.GuestStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts guests in the background, and waits until they are of use. */
public final class GuestStarter {
    /** How much of a console an error shows. */
    private static final int SHOWN_LINES = 10;

    /** For the operating system to end a process that it has killed. */
    private static final long KILL_SECONDS = 10;

    private final GuestStore store;
    private final DetachedQemu qemu;

    /**
     * @param store where the guests are written down
     */
    public GuestStarter(GuestStore store, DetachedQemu qemu) {
        this.store = store;
        this.qemu = qemu;
    }

    /** Starts those of this user. */
    public static GuestStarter usual() {
        return new GuestStarter(GuestStore.usual(), new DetachedQemu(System.getenv()));
    }

    /**
     * Starts a guest. One that does not come to be of use is ended.
     *
     * @return the guest, which runs, or has done already what it was there for
     * @throws UserError if it cannot be started, dies while it starts, or is not of use in time
     */
    public Guest start(GuestRequest request) {
        Guest reserved = store.reserve(request.run().image(), request.name(), request.console());
        GuestFiles files = reserved.files();
        boolean isStarted = false;
        // If this process were ended now, nobody would want the guest.
        try (ExitGuard<DetachedQemu.Started> guard =
                ExitGuard.start(
                        "guest-killer",
                        () ->
                                qemu.start(
                                        request.run(),
                                        files.run(),
                                        reserved.console(),
                                        files.messages()),
                        started -> kill(reserved, started.process()))) {
            isStarted = true;
            return await(request, reserved, guard.started());
        } finally {
            if (!isStarted) {
                store.forget(reserved.name());
            }
        }
    }

    private Guest await(GuestRequest request, Guest reserved, DetachedQemu.Started started) {
        boolean keep = false;
        try {
            ProcessIdentity process = ProcessIdentity.of(started.process().pid());
            Guest guest = store.update(reserved.record().with(process, started.forwards()));
            try {
                new GuestWait(request, guest, started).await();
                keep = true;
                return store.find(guest.name());
            } catch (GuestWait.Failed e) {
                requireStarted(request, guest, started.process());
                UserError error = failure(request, guest, started.process(), e);
                keep = request.keep();
                throw error;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("the start of guest %s was interrupted".formatted(reserved.name()));
        } finally {
            if (!keep) {
                end(started.process());
            }
            started.leaveServers();
            if (!keep) {
                store.forget(reserved.name());
            }
        }
    }

    /** What QEMU does not understand it refuses before there is a guest. */
    private static void requireStarted(GuestRequest request, Guest guest, Process process) {
        String message = DetachedQemu.messages(guest.files().messages());
        boolean silent =
                GuestStatus.read(guest.files().run().status()) instanceof GuestStatus.Unknown;
        if (!process.isAlive() && process.exitValue() == 1 && silent && !message.isEmpty()) {
            throw new UserError("QEMU cannot run %s: %s".formatted(request.run().image(), message));
        }
    }

    private UserError failure(
            GuestRequest request, Guest guest, Process process, GuestWait.Failed failed) {
        if (!GuestStatus.isReady(guest.files().run().status())) {
            qemu.doubtAccelerator(request.run());
        }
        if (!failed.hasEnded()) {
            kill(guest, process);
        }
        StringBuilder text = new StringBuilder();
        text.append("guest %s %s".formatted(guest.name(), failed.getMessage()));
        List<String> lines = ConsoleFile.lastLines(guest.console(), SHOWN_LINES);
        if (lines.isEmpty()) {
            text.append("; it has written nothing");
        } else {
            text.append("; its last lines were:");
            lines.forEach(line -> text.append("\n  ").append(line));
        }
        if (request.keep()) {
            text.append(
                    "\ncortado logs %s shows all that it wrote, cortado rm %s removes it"
                            .formatted(guest.name(), guest.name()));
        }
        return new UserError(text.toString(), failed);
    }

    private void kill(Guest guest, Process process) {
        store.markKilled(guest);
        end(process);
    }

    private static void end(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
