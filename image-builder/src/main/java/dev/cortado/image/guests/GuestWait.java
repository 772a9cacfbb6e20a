package dev.cortado.image.guests;

import dev.cortado.image.run.DetachedQemu;
import dev.cortado.image.run.GuestStatus;
import dev.cortado.image.run.UserNetwork;
import java.time.Duration;

/** The wait until a guest that has been started is of use. */
final class GuestWait {
    /** The guest has ended, or its time is up: in words that go behind "guest app". */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean ended;

        Failed(boolean ended, String message) {
            super(message);
            this.ended = ended;
        }

        /** Whether it has ended by itself. */
        boolean hasEnded() {
            return ended;
        }
    }

    private static final long PAUSE_MILLIS = 20;
    private static final long PAUSE_BETWEEN_QUESTIONS_MILLIS = 100;
    private static final long FIRST_ATTEMPT_MILLIS = 1000;
    private static final long LONGEST_ATTEMPT_MILLIS = 60_000;

    private final GuestRequest request;
    private final Guest guest;
    private final DetachedQemu.Started started;
    private final long deadline;

    GuestWait(GuestRequest request, Guest guest, DetachedQemu.Started started) {
        this.request = request;
        this.guest = guest;
        this.started = started;
        this.deadline = System.nanoTime() + request.patience().toNanos();
    }

    /**
     * Waits.
     *
     * @throws Failed if it is in vain
     */
    void await() throws Failed, InterruptedException {
        awaitProgram();
        started.finishInput();
        if (request.readiness().isPresent()) {
            Readiness target = request.readiness().get().through(started.forwards());
            UserNetwork network = new UserNetwork(guest.files().run().control().socket());
            awaitAnswer(target, new ReadinessProbe(target, started.forwards(), network));
        }
    }

    private void awaitProgram() throws Failed, InterruptedException {
        boolean ready = false;
        while (!ready) {
            boolean alive = started.process().isAlive(); // asked first: its last words count
            ready = GuestStatus.isReady(guest.files().run().status());
            if (!ready) {
                requireAlive(alive, "before its program began");
                requireTime("its program did not begin");
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void awaitAnswer(Readiness target, ReadinessProbe probe)
            throws Failed, InterruptedException {
        long patience = FIRST_ATTEMPT_MILLIS;
        while (!probe.answers(Duration.ofMillis(Math.min(patience, remainingMillis())))) {
            requireAlive(
                    started.process().isAlive(),
                    "before %s answered (%s)".formatted(target, probe.last()));
            requireTime("%s did not answer (%s)".formatted(target, probe.last()));
            Thread.sleep(PAUSE_BETWEEN_QUESTIONS_MILLIS);
            patience = Math.min(2 * patience, LONGEST_ATTEMPT_MILLIS); // it may be slow
        }
    }

    private void requireAlive(boolean alive, String when) throws Failed {
        if (!alive) {
            GuestState state = GuestState.of(guest.record(), guest.files());
            throw new Failed(true, state.sentence() + " " + when);
        }
    }

    private void requireTime(String what) throws Failed {
        if (System.nanoTime() - deadline >= 0) {
            throw new Failed(
                    false,
                    "was ended, since %s within %s s"
                            .formatted(what, request.patience().toMillis() / 1000.0));
        }
    }

    private long remainingMillis() {
        return Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
    }
}
