package dev.cortado.runtime.configuration.named;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.text.Encoding;
import java.io.IOException;

/** Reads all {@link NamedSetting}s that somebody keeps under names with a common beginning. */
public final class NamedConfiguration {
    private NamedConfiguration() {}

    /**
     * Adds what there is.
     *
     * @param prefix of the names, such as {@code opt/dev.cortado/}
     */
    public static void read(NamedValues values, String prefix, ConfigurationBuilder configuration) {
        for (NamedSetting setting : NamedSetting.values()) {
            String name = prefix + setting.word();
            configuration.attempt(() -> read(values, name, setting, configuration));
        }
    }

    private static void read(
            NamedValues values,
            String name,
            NamedSetting setting,
            ConfigurationBuilder configuration)
            throws ConfigurationException {
        try {
            byte[] value = values.value(name);
            if (value != null) {
                setting.read(Encoding.document(value), name, configuration);
            }
        } catch (IOException e) {
            throw new ConfigurationException(e.getMessage());
        } catch (ConfigurationException e) {
            throw new ConfigurationException(name, e.getMessage());
        }
    }
}
