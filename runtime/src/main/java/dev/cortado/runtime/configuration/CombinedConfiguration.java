package dev.cortado.runtime.configuration;

import dev.cortado.runtime.file.mount.MountSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What counts of what several sources say: of arguments and mounts those of the first source that
 * has some; of properties, variables, interfaces and files, by name, the first source's that has
 * one of that name. Files of one source are all written, in its order.
 */
public final class CombinedConfiguration {
    private final List<BootConfiguration> sources;

    /**
     * @param sources those that count more come first
     */
    public CombinedConfiguration(List<BootConfiguration> sources) {
        this.sources = List.copyOf(sources);
    }

    /** The program's; none, by nobody, if no source has some. */
    public Sourced<List<String>> arguments() {
        for (BootConfiguration each : sources) {
            if (!each.arguments().isEmpty()) {
                return new Sourced<>(each.arguments(), each.source());
            }
        }
        return new Sourced<>(List.of(), "nobody");
    }

    /** As {@link #arguments}. */
    public Sourced<List<MountSpec>> mounts() {
        for (BootConfiguration each : sources) {
            if (!each.mounts().isEmpty()) {
                return new Sourced<>(each.mounts(), each.source());
            }
        }
        return new Sourced<>(List.of(), "nobody");
    }

    /** By name, sorted. */
    public Map<String, Sourced<String>> properties() {
        Map<String, Sourced<String>> all = new TreeMap<>();
        for (BootConfiguration each : sources) {
            each.properties()
                    .forEach((name, value) ->
                            all.putIfAbsent(name, new Sourced<>(value, each.source())));
        }
        return all;
    }

    /** Variables by name, sorted. */
    public Map<String, Sourced<String>> environment() {
        Map<String, Sourced<String>> all = new TreeMap<>();
        for (BootConfiguration each : sources) {
            each.environment()
                    .forEach((name, value) ->
                            all.putIfAbsent(name, new Sourced<>(value, each.source())));
        }
        return all;
    }

    /** Each of the source that counts more comes first: who names an interface first counts. */
    public List<Sourced<InterfaceSettings>> interfaces() {
        List<Sourced<InterfaceSettings>> all = new ArrayList<>();
        for (BootConfiguration each : sources) {
            each.interfaces().forEach(one -> all.add(new Sourced<>(one, each.source())));
        }
        return all;
    }

    /** In an order in which they can be written one after the other. */
    public List<Sourced<ConfiguredFile>> files() {
        Map<String, String> writers = new LinkedHashMap<>();
        for (BootConfiguration each : sources) {
            each.files().forEach(file -> writers.putIfAbsent(file.path(), each.source()));
        }
        List<Sourced<ConfiguredFile>> all = new ArrayList<>();
        for (BootConfiguration each : sources) {
            for (ConfiguredFile file : each.files()) {
                if (writers.get(file.path()).equals(each.source())) {
                    all.add(new Sourced<>(file, each.source()));
                }
            }
        }
        return all;
    }
}
