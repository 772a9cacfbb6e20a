package dev.cortado.drivers.network;

import java.util.List;

/** A network device in use, whose driver is started again when it dies. */
public interface NetworkAdapter extends AutoCloseable {
    /** The device, which outlives its drivers. */
    NetworkDevice device();

    /**
     * What whoever made the machine wants the device's addresses to be, such as {@code
     * 192.168.7.2/24}: unchecked words.
     */
    default List<String> addresses() {
        return List.of();
    }

    /**
     * Ends a driver whose device has stopped sending, so that another one is started. Called now
     * and then while there is something to be sent.
     *
     * @param now nanoseconds, as {@link System#nanoTime}
     * @param patience nanoseconds that a device has to send anything
     */
    default void watch(long now, long patience) {}

    /** Lets go of the device. */
    @Override
    void close();
}
