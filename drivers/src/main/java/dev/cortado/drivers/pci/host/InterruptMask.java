package dev.cortado.drivers.pci.host;

import dev.cortado.kernel.device.DeviceMask;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How a device is kept from interrupting, until its driver lets go of it. */
final class InterruptMask implements DeviceMask, AutoCloseable {
    private final BooleanSupplier raising;
    private final Consumer<Boolean> change;
    private boolean closed;

    /**
     * @param raising whether it raises its line
     * @param change masks, or unmasks
     */
    InterruptMask(BooleanSupplier raising, Consumer<Boolean> change) {
        this.raising = raising;
        this.change = change;
    }

    @Override
    public synchronized boolean isRaising() {
        return !closed && raising.getAsBoolean();
    }

    @Override
    public synchronized void setMasked(boolean masked) {
        if (!closed) {
            change.accept(masked);
        }
    }

    /** From now on it is as whoever closes this leaves it. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
