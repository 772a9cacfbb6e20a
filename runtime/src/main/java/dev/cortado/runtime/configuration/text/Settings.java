package dev.cortado.runtime.configuration.text;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;

/**
 * Lines such as {@code name=value}: empty ones and those that begin with {@code #} say nothing.
 * White space around a line and around the name is none of theirs, all behind the equals sign is
 * the value's.
 */
public final class Settings {
    private Settings() {}

    /** Takes one setting. */
    public interface Taker {
        void take(String name, String value) throws ConfigurationException;
    }

    /**
     * Gives each setting to somebody; those that are none are left out.
     *
     * @param place of the text in its source
     */
    public static void read(
            String text, String place, Taker taker, ConfigurationBuilder configuration) {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                String at = place + ", line " + number;
                configuration.attempt(() -> take(stripped, at, taker));
            }
        }
    }

    private static void take(String line, String place, Taker taker) throws ConfigurationException {
        int equals = line.indexOf('=');
        if (equals <= 0) {
            throw new ConfigurationException(place, "is no name, an equals sign and a value");
        }
        try {
            taker.take(line.substring(0, equals).strip(), line.substring(equals + 1));
        } catch (ConfigurationException e) {
            throw new ConfigurationException(place, e.getMessage());
        }
    }
}
