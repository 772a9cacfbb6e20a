package dev.cortado.drivers.virtio.bus;

import dev.cortado.kernel.ipc.PostponedInterrupt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Where a driver has its device, which may be taken away and come back while the machine runs. The
 * driver's thread holds the place and lets go of it; the bus's thread tells of what came and went.
 */
public final class PluggedPlace {
    /** For a driver to let go, also of a device that does not reset itself, or to begin. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    // Guarded by this.

    /** Null while there is none. */
    private VirtioPlace place;

    /** Where the driver is, which may have to let go; null if it is nowhere. */
    private VirtioPlace held;

    /** Where a driver has begun last. */
    private VirtioPlace begun;

    /** Lets the driver look; null as long as it waits for nothing. */
    private Runnable wake;

    private boolean isClosed;

    public PluggedPlace(VirtioPlace first) {
        place = first;
    }

    /** Waits until there is a device; null after {@link #close}. */
    public synchronized VirtioPlace hold() throws InterruptedException {
        while (place == null && !isClosed) {
            wait();
        }
        held = isClosed ? null : place;
        return held;
    }

    /** The driver has nothing of the device any more. */
    public synchronized void letGo() {
        held = null;
        wake = null;
        notifyAll();
    }

    /**
     * The driver can use the device that it holds.
     *
     * @param look what lets it look whether it {@linkplain #isHeld still} may
     */
    public synchronized void begin(Runnable look) {
        begun = held;
        wake = look;
        notifyAll();
    }

    /** Whether the device that the driver holds is another one than that with which it was last. */
    public synchronized boolean isOther() {
        return begun != null && begun != held;
    }

    /** Whether the driver is to go on. */
    public synchronized boolean isHeld() {
        return held != null && held == place;
    }

    /** No device is waited for any more. */
    public synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    /**
     * The device is to go, or gone.
     *
     * @return whether its driver has let go of it, for which it has some seconds
     */
    public boolean detach(VirtioPlace gone) {
        synchronized (this) {
            if (place == gone) {
                place = null;
            }
            if (held == gone && wake != null) {
                wake.run();
            }
        }
        return await(() -> held != gone);
    }

    /**
     * One has come where it was, or another one.
     *
     * @return whether a driver that there was before has begun with it, for which it has some
     *     seconds
     */
    public boolean attach(VirtioPlace again) {
        synchronized (this) {
            place = again;
            notifyAll();
            if (begun == null) {
                return false; // nobody has wanted it yet
            }
        }
        return await(() -> begun == again || isClosed) && hasBegun(again);
    }

    private synchronized boolean hasBegun(VirtioPlace at) {
        return begun == at;
    }

    private synchronized boolean await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE;
        PostponedInterrupt.during(() -> {
            while (!condition.getAsBoolean() && end - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            }
        });
        return condition.getAsBoolean();
    }
}
