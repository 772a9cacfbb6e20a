package dev.cortado.image.build;

import dev.cortado.image.UserError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where an image's guest looks for its configuration when it boots: a system property for the
 * guest's features, while the compiler runs.
 */
public final class ConfigurationSources {
    private static final String PROPERTY = "cortado.configuration";

    /** The sources, those that count more first, and the word that lets nothing be left out. */
    private static final List<String> WORDS =
            List.of("fw-cfg", "xenstore", "guestinfo", "ovf", "nocloud", "config-drive", "strict");

    private ConfigurationSources() {}

    /**
     * Adds to a build's properties what says which sources there are.
     *
     * @throws UserError if a word is none of them
     */
    public static Map<String, String> addTo(Map<String, String> defines, List<String> words) {
        if (words.isEmpty()) {
            return defines;
        }
        for (String word : words) {
            if (!WORDS.contains(word)) {
                throw new UserError(
                        "--configuration %s: there are %s"
                                .formatted(word, String.join(", ", WORDS)));
            }
        }
        Map<String, String> more = new TreeMap<>(defines);
        // In one order, so that the same sources give the same image.
        more.put(PROPERTY, String.join(",", WORDS.stream().filter(words::contains).toList()));
        return more;
    }
}
