package dev.cortado.drivers.xen.frontend;

import dev.cortado.drivers.xen.bus.BusDevice;
import java.io.IOException;

/** Numbers that a backend has in its directory, as decimal text. */
public final class BackendNodes {
    private static final int MOST_DIGITS = 18;

    private BackendNodes() {}

    /**
     * @param otherwise what it is where there is no node
     * @throws IOException it is no number
     */
    public static long number(BusDevice device, String name, long otherwise) throws IOException {
        String text = device.backendNode(name);
        if (text == null) {
            return otherwise;
        }
        boolean valid = !text.isEmpty() && text.length() <= MOST_DIGITS;
        for (int i = 0; valid && i < text.length(); i++) {
            valid = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!valid) {
            throw new IOException(
                    device.path() + ": the backend's " + name + " is \"" + text + '"');
        }
        return Long.parseLong(text);
    }

    /** Whether the backend has a feature: 1, and not 0. */
    public static boolean has(BusDevice device, String name) throws IOException {
        return number(device, name, 0) != 0;
    }
}
