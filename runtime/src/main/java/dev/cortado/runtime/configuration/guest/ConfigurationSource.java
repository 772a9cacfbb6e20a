package dev.cortado.runtime.configuration.guest;

import dev.cortado.runtime.configuration.BootConfiguration;
import java.util.List;
import java.util.function.Consumer;

/** Where a guest may find out what it is told. */
public interface ConfigurationSource {
    /**
     * All that is there, what counts more first; nothing on a machine that has no such source.
     *
     * @param problems is told of what is left out, in one line each
     */
    List<BootConfiguration> read(Consumer<String> problems);
}
