package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a document of {@code #cloud-config} says. */
final class CloudConfig {
    private CloudConfig() {}

    static void read(YamlNode root, ConfigurationBuilder configuration)
            throws ConfigurationException {
        List<String> unknown = new ArrayList<>();
        for (Map.Entry<String, YamlNode> entry : root.entries().entrySet()) {
            YamlNode node = entry.getValue();
            switch (entry.getKey()) {
                case "write_files" ->
                        configuration.attempt(() -> WrittenFiles.read(node, configuration));
                case "mounts" -> configuration.attempt(() -> TableMounts.read(node, configuration));
                case "cortado" ->
                        configuration.attempt(() -> ProgramSection.read(node, configuration));
                default -> unknown.add(entry.getKey());
            }
        }
        if (!unknown.isEmpty()) {
            configuration.problem(
                    root.place() + ": nothing here knows " + String.join(", ", unknown));
        }
    }
}
