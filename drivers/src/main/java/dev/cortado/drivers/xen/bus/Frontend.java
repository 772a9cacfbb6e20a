package dev.cortado.drivers.xen.bus;

import java.io.IOException;

/**
 * Our half of one device, as a driver implements it. The bus calls one method at a time; an
 * exception of one of them closes the device, and is written where the toolstack looks for it. A
 * method that waits keeps all devices waiting.
 */
public interface Frontend {
    /**
     * The backend is ready: make rings and event channels, and publish them with {@link
     * BusDevice#publish}.
     *
     * @return what to tell the backend: {@link BusState#INITIALISED} if it has to connect first,
     *     then {@link #connected} is called when it has; or {@link BusState#CONNECTED}
     */
    BusState connect() throws IOException;

    /** Both halves are connected. */
    default void connected() throws IOException {}

    /** The backend's state is another one, or was told again; before what the bus does about it. */
    default void backendChanged(BusState backend) throws IOException {}

    /** The domain is about to be suspended: let nothing new begin. */
    default void suspend() throws IOException {}

    /**
     * The domain was restored: what was shared with the backend is not shared any more, and the
     * backend may be another one. {@link #connect} comes next, when that is ready.
     */
    default void resume() throws IOException {}

    /** The backend is going: stop using it, and give back what was shared with it. */
    void disconnect() throws IOException;
}
