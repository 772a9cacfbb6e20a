package dev.cortado.image.guests;

import dev.cortado.image.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ends guests, and removes those that have ended. */
public final class GuestStopper {
    /** How long a guest may take to end unless somebody says otherwise. */
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

    private final GuestStore store;

    /**
     * @param store where the guests are written down
     */
    public GuestStopper(GuestStore store) {
        this.store = store;
    }

    /** Ends those of this user. */
    public static GuestStopper usual() {
        return new GuestStopper(GuestStore.usual());
    }

    /**
     * Asks guests to end by their power buttons, all at once, and kills those that do not.
     *
     * @param patience how long they may take; 0 to kill them at once
     * @return the guests, which have ended
     * @throws UserError if there is no such guest, before any is asked
     */
    public List<Guest> stop(List<GuestName> names, Duration patience) {
        List<Guest> guests = names.stream().distinct().map(store::find).toList();
        List<GuestStop> stops =
                guests.stream().map(guest -> GuestStop.begin(store, guest)).toList();
        long deadline = System.nanoTime() + patience.toNanos();
        List<Guest> ended = new ArrayList<>();
        try {
            for (GuestStop stop : stops) {
                ended.add(stop.await(deadline));
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        return ended;
    }

    /**
     * Forgets a guest that has ended.
     *
     * @param force whether one that runs is killed, and one with a damaged record ended as far as
     *     it can be reached
     * @throws UserError if there is none, or it runs
     */
    public void remove(GuestName name, boolean force) {
        if (force) {
            kill(name);
        } else {
            remove(store.find(name));
        }
    }

    private void remove(Guest guest) {
        if (guest.state().hasEnded() && guest.record().process().isEmpty()) {
            // Whoever was starting it may have been killed before writing down the process.
            guest.files().run().control().quit();
        }
        store.remove(guest.name());
    }

    private void kill(GuestName name) {
        Guest guest;
        try {
            guest = store.find(name);
        } catch (UserError e) {
            if (!store.exists(name)) {
                throw e;
            }
            store.files(name).run().control().quit();
            store.forget(name);
            return;
        }
        try {
            GuestStop.kill(store, guest);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        remove(guest);
    }

    private static UserError interrupted() {
        Thread.currentThread().interrupt();
        return new UserError("interrupted while guests were ending");
    }
}
