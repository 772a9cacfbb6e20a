package dev.cortado.runtime.configuration.named;

import dev.cortado.runtime.configuration.ConfigurationBuilder;

/**
 * Names and values that whoever starts a machine gives it, without further structure: {@code
 * cortado.} and the word of a {@link NamedSetting} is that setting, and any other name is a system
 * property.
 */
public final class FlatSettings {
    private static final String PREFIX = "cortado.";

    private FlatSettings() {}

    /**
     * Adds one.
     *
     * @param place of the value in its source, for messages
     */
    public static void read(
            String name, String value, String place, ConfigurationBuilder configuration) {
        NamedSetting setting =
                name.startsWith(PREFIX) ? NamedSetting.of(name.substring(PREFIX.length())) : null;
        if (setting == null) {
            configuration.attempt(() -> configuration.setProperty(name, value));
        } else {
            setting.read(value, place, configuration);
        }
    }
}
