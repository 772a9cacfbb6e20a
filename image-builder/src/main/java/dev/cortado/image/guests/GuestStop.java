package dev.cortado.image.guests;

import dev.cortado.image.UserError;
import dev.cortado.image.run.GuestStatus;

/** The end of a guest: it is asked, and killed if it does not do as it is asked. */
final class GuestStop {
    private static final long PAUSE_MILLIS = 20;

    /** For the operating system to end a process that it has killed. */
    private static final long KILL_NANOS = 10_000_000_000L;

    private final GuestStore store;
    private final Guest guest;
    private final Thread asking = new Thread(this::ask, "power-button");
    private volatile boolean refused;

    private GuestStop(GuestStore store, Guest guest) {
        this.store = store;
        this.guest = guest;
    }

    /**
     * Asks a guest to end.
     *
     * @throws UserError if it is so new that there is nobody to be asked
     */
    static GuestStop begin(GuestStore store, Guest guest) {
        GuestStop stop = new GuestStop(store, guest);
        requireProcess(guest);
        stop.asking.setDaemon(true);
        stop.asking.start();
        return stop;
    }

    private static void requireProcess(Guest guest) {
        if (!guest.state().hasEnded() && guest.record().process().isEmpty()) {
            throw new UserError(
                    "process %d is about to start guest %s: wait for that process, or end it"
                            .formatted(guest.record().starter().pid(), guest.name()));
        }
    }

    private void ask() {
        try {
            // The button of a guest that boots is not connected yet.
            while (isAlive() && !GuestStatus.isReady(guest.files().run().status())) {
                Thread.sleep(PAUSE_MILLIS);
            }
            refused = isAlive() && !guest.files().run().control().press();
        } catch (InterruptedException e) {
            // It has been killed meanwhile.
            return;
        }
    }

    private boolean isAlive() {
        return guest.record().process().map(ProcessIdentity::isAlive).orElse(false);
    }

    /**
     * Waits until it has ended.
     *
     * @param deadline of the nanosecond clock, when it is killed
     * @return the guest, which has ended
     */
    Guest await(long deadline) throws InterruptedException {
        try {
            while (isAlive() && !refused && System.nanoTime() - deadline < 0) {
                Thread.sleep(PAUSE_MILLIS);
            }
            if (isAlive()) {
                kill(store, guest);
            }
            return store.find(guest.name());
        } finally {
            asking.interrupt();
        }
    }

    /** Ends a guest without asking it. */
    static void kill(GuestStore store, Guest guest) throws InterruptedException {
        requireProcess(guest);
        if (guest.state().hasEnded()) {
            return;
        }
        ProcessIdentity process = guest.record().process().orElseThrow();
        store.markKilled(guest);
        process.kill();
        long deadline = System.nanoTime() + KILL_NANOS;
        while (process.isAlive()) {
            if (System.nanoTime() - deadline > 0) {
                throw new UserError(
                        "guest %s, process %d, does not end although it was killed: look what the machine is waiting for"
                                .formatted(guest.name(), process.pid()));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
