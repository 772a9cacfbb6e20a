package dev.cortado.image.guests;

import dev.cortado.image.run.DetachedQemu;
import dev.cortado.image.run.GuestStatus;
import dev.cortado.image.run.Hypervisor;
import java.nio.file.Files;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How a guest is.
 *
 * @param phase how far it has come
 * @param exitCode of a guest that has ended, as {@code cortado run} would return it
 * @param reason why it has ended, if it says so; else empty
 */
public record GuestState(Phase phase, OptionalInt exitCode, String reason) {
    /** What a shell says of a program that was killed. */
    private static final int KILLED = 128 + 9;

    /** How far a guest has come. */
    public enum Phase {
        /** It boots. */
        STARTING,
        /** Its program runs. */
        RUNNING,
        /** It has ended of its own accord, or as it was asked to. */
        EXITED,
        /** Its kernel has found something wrong. */
        PANICKED,
        /** It could not start, or has ended without saying why. */
        DIED,
        /** Somebody has ended it without asking it. */
        KILLED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static GuestState of(GuestRecord guest, GuestFiles files) {
        if (guest.process().isEmpty()) {
            return guest.starter().isAlive()
                    ? alive(Phase.STARTING)
                    : died("the command that was starting it was interrupted");
        }
        if (guest.process().get().isAlive()) {
            boolean ready = GuestStatus.isReady(files.run().status());
            return alive(ready ? Phase.RUNNING : Phase.STARTING);
        }
        return switch (GuestStatus.read(files.run().status())) {
            case GuestStatus.Exited exited -> ended(Phase.EXITED, exited.code() & 0xFF, "");
            case GuestStatus.Panicked panicked ->
                    ended(Phase.PANICKED, Hypervisor.PANIC, panicked.reason());
            case GuestStatus.Unstartable cause -> died("it could not start: " + cause.reason());
            case GuestStatus.Unknown unknown ->
                    Files.exists(files.killed())
                            ? ended(Phase.KILLED, KILLED, "")
                            : died(DetachedQemu.messages(files.messages()));
        };
    }

    private static GuestState alive(Phase phase) {
        return new GuestState(phase, OptionalInt.empty(), "");
    }

    private static GuestState died(String reason) {
        return ended(Phase.DIED, Hypervisor.DIED, reason);
    }

    private static GuestState ended(Phase phase, int exitCode, String reason) {
        return new GuestState(phase, OptionalInt.of(exitCode), reason);
    }

    public boolean hasEnded() {
        return exitCode.isPresent();
    }

    /** Whether it has ended in a way that no program asks for. */
    public boolean hasFailed() {
        return phase == Phase.PANICKED || phase == Phase.DIED;
    }

    /** Such as "ended with exit code 3", to be put behind a guest's name. */
    public String sentence() {
        return switch (phase) {
            case STARTING -> "is starting";
            case RUNNING -> "runs";
            case EXITED -> "ended with exit code " + exitCode.getAsInt();
            case PANICKED -> "panicked" + (reason.isEmpty() ? "" : ": " + reason);
            case DIED -> "died" + (reason.isEmpty() ? " without saying why" : ": " + reason);
            case KILLED -> "was killed";
        };
    }
}
