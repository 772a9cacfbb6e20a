package dev.cortado.runtime.configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One line that says who has said what. */
public final class ConfigurationSummary {
    private final List<String> parts = new ArrayList<>();

    /**
     * Adds a part that counts.
     *
     * @param what of one, such as "property"; of several, the plural
     * @param sources of each, in the order of how much they count
     */
    public ConfigurationSummary add(String what, String plural, Collection<String> sources) {
        int count = sources.size();
        if (count > 0) {
            Set<String> each = new LinkedHashSet<>(sources);
            parts.add(
                    count + " " + (count == 1 ? what : plural) + " by " + String.join(", ", each));
        }
        return this;
    }

    /** All parts; that there is nothing, if so. */
    @Override
    public String toString() {
        return parts.isEmpty() ? "nothing" : String.join("; ", parts);
    }
}
