package dev.cortado.runtime.configuration.guest;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.cloud.ConfigurationFiles;

/** A way to put a configuration onto a medium. */
public interface MediumForm {
    /** For people, such as "NoCloud". */
    String name();

    /** Whether a medium with that label may have it. */
    boolean isOn(String label);

    /** Adds what a medium says. */
    void read(ConfigurationFiles files, ConfigurationBuilder configuration);
}
