package dev.cortado.drivers.xen.bus;

import java.io.IOException;

/** Knows a type of device. */
public interface BusDriver {
    /** Such as "vif" or "vbd": the name of the directory in "device". */
    String type();

    /**
     * A device was found. Nothing is published yet.
     *
     * @return what drives it, or null if it is not to be driven
     */
    Frontend probe(BusDevice device) throws IOException;

    /**
     * The domain is about to be saved. Frontends are told themselves: this is for what backends may
     * still have of devices that were detached.
     */
    default void suspend() {}

    /**
     * After {@link #suspend}.
     *
     * @param cancelled whether the domain goes on as if it had not been: what was shared still is
     */
    default void resume(boolean cancelled) {}
}
