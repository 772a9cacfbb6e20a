package dev.cortado.drivers.block;

import java.io.IOException;

/**
 * How the requests of a device end when it is stopped. What they end with is made beforehand:
 * without memory for it when it is due, they would end before the device has let go of their
 * buffers, or never.
 */
public final class DeviceEnd {
    /** Keeps a device from memory. */
    public interface Stop {
        /**
         * Resets it, or keeps it from memory otherwise.
         *
         * @throws IOException neither can be done: it may still write to buffers
         */
        void stop() throws IOException;
    }

    private final String name;
    private final Stop stop;
    private final IOException silence;
    private final IOException closure;
    private final IOException runaway;
    private final IOException shortage;

    /**
     * @param name of the device, for messages
     */
    public DeviceEnd(String name, Stop stop) {
        this.name = name;
        this.stop = stop;
        silence = new IOException(name + ": it does not answer");
        closure = new IOException(name + ": it was closed");
        runaway = new BufferInUseException(name + ": it may still write to buffers", null);
        shortage = new IOException(name + ": there is no memory to go on");
    }

    /** A request was not answered in its time. */
    public IOException silence() {
        return silence;
    }

    public IOException closure() {
        return closure;
    }

    /** Something was thrown while requests were under way that nobody expects. */
    public IOException unforeseen(Throwable cause) {
        try {
            return new IOException(name + ": " + cause, cause);
        } catch (OutOfMemoryError e) {
            return shortage;
        }
    }

    /** Stops the device; how requests end then. */
    public IOException stop(IOException reason) {
        try {
            stop.stop();
            return reason;
        } catch (IOException | RuntimeException | Error e) { // who waits has to hear of any
            return notStopped(reason, e);
        }
    }

    private IOException notStopped(IOException reason, Throwable failure) {
        try {
            return BufferInUseException.of(reason, failure);
        } catch (OutOfMemoryError e) {
            return runaway;
        }
    }

    /** The end of one request more; the same if there is no memory for another. */
    public static IOException ofOne(IOException end) {
        try {
            return new IOException(end.getMessage(), end);
        } catch (OutOfMemoryError e) {
            return end;
        }
    }
}
