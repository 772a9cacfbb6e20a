package dev.cortado.drivers.xen.frontend;

import dev.cortado.drivers.xen.bus.BusDevice;
import java.io.IOException;

/** Numbers that a backend, or a toolstack, has written about a device, as decimal text. */
public final class BackendNodes {
    private static final int MOST_DIGITS = 18;

    private BackendNodes() {}

    /**
     * One of the backend's directory.
     *
     * @param otherwise what it is where there is no node
     * @throws IOException it is no number
     */
    public static long number(BusDevice device, String name, long otherwise) throws IOException {
        return number(device, "the backend's " + name, device.backendNode(name), otherwise);
    }

    /** As {@link #number}, one of our directory, which is not for us to write. */
    public static long ownNumber(BusDevice device, String name, long otherwise) throws IOException {
        String text = device.store().readTextOrNull(device.path() + '/' + name);
        return number(device, "its " + name, text, otherwise);
    }

    private static long number(BusDevice device, String what, String text, long otherwise)
            throws IOException {
        if (text == null) {
            return otherwise;
        }
        boolean valid = !text.isEmpty() && text.length() <= MOST_DIGITS;
        for (int i = 0; valid && i < text.length(); i++) {
            valid = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!valid) {
            throw new IOException(device.path() + ": " + what + " is \"" + text + '"');
        }
        return Long.parseLong(text);
    }

    /** Whether the backend has a feature: 1, and not 0. */
    public static boolean has(BusDevice device, String name) throws IOException {
        return number(device, name, 0) != 0;
    }
}
