package dev.cortado.drivers.xen.bus;

import dev.cortado.drivers.xen.store.Watch;
import dev.cortado.drivers.xen.store.WatchQueue;
import java.io.IOException;

/** A device and what drives it, taken from state to state. The bus calls one method at a time. */
final class AttachedDevice {
    /** So that a backend that goes back and forth does not keep us from the others. */
    private static final int MOST_STEPS = 8;

    private final BusDevice device;
    private final Frontend frontend;
    private final WatchQueue queue;
    private Watch watch;
    private BusState state = BusState.UNKNOWN;

    /** What xenstore has of ours: not {@link #state} where it could not be written. */
    private BusState told = BusState.INITIALISING;

    /** The backend has been connected to what we published last. */
    private boolean met;

    /** It is begun anew as soon as the backend has closed. */
    private boolean reopens;

    /** Its driver does not want it any more. */
    private boolean leaving;

    AttachedDevice(BusDevice device, Frontend frontend, WatchQueue queue) {
        this.device = device;
        this.frontend = frontend;
        this.queue = queue;
    }

    BusDevice device() {
        return device;
    }

    /** Whether xenstore has another device of this name by now, or one that others have changed. */
    boolean isReplaced() throws IOException {
        return device.ownState() != told;
    }

    boolean isWatchedBy(Watch other) {
        return watch == other;
    }

    /** From the start, with the backend that it has now. */
    void begin() throws IOException {
        device.findBackend();
        unwatch();
        met = false;
        change(BusState.INITIALISING);
        watch = device.store().watch(device.backendPath() + "/state", queue);
        reopens = false;
    }

    /** The backend's state may be another one. */
    void follow() throws IOException {
        BusState before = null;
        for (int i = 0; i < MOST_STEPS; i++) {
            BusState backend = device.backendState();
            if (backend != before) {
                frontend.backendChanged(backend);
            }
            before = backend;
            met |= isUp() && backend == BusState.CONNECTED;
            switch (NextStep.of(state, backend, met, reopens)) {
                case NONE -> {
                    return;
                }
                case BEGIN -> begin();
                case CONNECT -> {
                    BusState next = frontend.connect();
                    if (next != BusState.INITIALISED && next != BusState.CONNECTED) {
                        throw new IllegalStateException("connect() answered " + next);
                    }
                    change(next);
                    if (next == BusState.CONNECTED) {
                        frontend.connected();
                    }
                }
                case ESTABLISH -> {
                    frontend.connected();
                    change(BusState.CONNECTED);
                }
                case DISCONNECT -> disconnect();
                case RESTART -> {
                    frontend.disconnect(); // untold: it would close what it has just begun
                    begin();
                }
            }
        }
    }

    private void disconnect() throws IOException {
        boolean up = isUp();
        try {
            change(BusState.CLOSED);
        } finally {
            if (up) {
                frontend.disconnect();
            }
        }
    }

    private boolean isUp() {
        return state == BusState.INITIALISED || state == BusState.CONNECTED;
    }

    /** Our driver has failed; the backend is told that nothing comes any more. */
    void fail(Throwable why) throws IOException {
        try {
            device.report(device.path() + ": " + why);
        } finally {
            disconnect();
        }
    }

    void suspend() throws IOException {
        frontend.suspend();
    }

    void resume() throws IOException {
        frontend.resume();
        if (leaving) {
            unwatch();
            change(BusState.CLOSED);
        } else {
            begin();
        }
    }

    /** Gives back what is shared with the backend, and begins anew when it has seen that. */
    void reconnect() throws IOException {
        if (leaving) {
            close();
            return;
        }
        reopens = true; // also if the next step fails
        disconnect();
        if (watch == null) {
            begin(); // it has not been able to, so that nobody would tell of the backend
        } else {
            follow();
        }
    }

    /** It is closed next, or when a suspended domain goes on. */
    void leave() {
        leaving = true;
    }

    /** The device has been removed, and its state is not ours to tell any more. */
    void detach() throws IOException {
        unwatch();
        boolean up = isUp();
        state = BusState.CLOSED;
        if (up) {
            frontend.disconnect();
        }
    }

    /** We are going. */
    void close() throws IOException {
        unwatch();
        disconnect();
    }

    private void unwatch() throws IOException {
        Watch old = watch;
        watch = null;
        if (old != null) {
            old.close();
        }
    }

    private void change(BusState next) throws IOException {
        state = next;
        device.tell(next);
        told = next;
    }
}
