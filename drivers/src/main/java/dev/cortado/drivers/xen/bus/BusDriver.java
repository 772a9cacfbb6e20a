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
}
