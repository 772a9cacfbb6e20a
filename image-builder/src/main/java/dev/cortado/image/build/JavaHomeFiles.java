package dev.cortado.image.build;

import java.util.Map;
import java.util.TreeMap;

/**
 * Whether an image's guest has the files below {@code java.home} that programs look for, even if no
 * class of the program names that property: a system property for the guest's features, while the
 * compiler runs.
 */
public final class JavaHomeFiles {
    private static final String PROPERTY = "cortado.java.home";

    private JavaHomeFiles() {}

    /** Adds to a build's properties that it has. */
    public static Map<String, String> addTo(Map<String, String> defines, boolean wanted) {
        if (!wanted) {
            return defines;
        }
        Map<String, String> more = new TreeMap<>(defines);
        more.put(PROPERTY, "true");
        return more;
    }
}
