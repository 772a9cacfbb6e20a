package dev.cortado.image.build;

import java.util.Map;
import java.util.TreeMap;

/**
 * Whether an image's guest drives a virtio console: a system property for the guest's features,
 * while the compiler runs.
 */
public final class VirtioConsole {
    private static final String PROPERTY = "cortado.console.virtio";

    private VirtioConsole() {}

    /** Adds to a build's properties that it does. */
    public static Map<String, String> addTo(Map<String, String> defines, boolean wanted) {
        if (!wanted) {
            return defines;
        }
        Map<String, String> more = new TreeMap<>(defines);
        more.put(PROPERTY, "true");
        return more;
    }
}
