package dev.cortado.runtime.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that a test has read, and what was said of it. */
public final class Collected {
    public final List<String> problems = new ArrayList<>();
    public final ConfigurationBuilder configuration =
            new ConfigurationBuilder("source", problems::add);

    public BootConfiguration build() {
        return configuration.build();
    }

    /** Interfaces in one line, with spaces between. */
    public String interfaces() {
        return build().interfaces().stream()
                .map(InterfaceSettings::toString)
                .collect(Collectors.joining(" "));
    }
}
