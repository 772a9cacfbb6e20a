package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.named.NamedSetting;
import dev.cortado.runtime.configuration.yaml.YamlNode;
import java.util.Map;

/**
 * Our own section of {@code #cloud-config}: {@code arguments} (a list, or one text as on a command
 * line), {@code properties} and {@code environment} (names and values), {@code mounts} (a list).
 */
final class ProgramSection {
    private ProgramSection() {}

    static void read(YamlNode section, ConfigurationBuilder configuration)
            throws ConfigurationException {
        for (Map.Entry<String, YamlNode> entry : section.entries().entrySet()) {
            YamlNode node = entry.getValue();
            configuration.attempt(() -> read(entry.getKey(), node, configuration));
        }
    }

    private static void read(String name, YamlNode node, ConfigurationBuilder configuration)
            throws ConfigurationException {
        switch (name) {
            case "arguments" -> readArguments(node, configuration);
            case "properties" -> readNames(node, configuration, configuration::setProperty);
            case "environment" -> readNames(node, configuration, configuration::setVariable);
            case "mounts" -> {
                for (YamlNode each : node.items()) {
                    configuration.attempt(() -> configuration.addMount(each.text()));
                }
            }
            default -> throw node.bad("\"cortado\" has no " + name);
        }
    }

    private static void readArguments(YamlNode node, ConfigurationBuilder configuration)
            throws ConfigurationException {
        if (node instanceof YamlNode.Scalar) {
            NamedSetting.ARGUMENTS.read(node.text(), node.place(), configuration);
            return;
        }
        for (YamlNode each : node.items()) {
            configuration.attempt(
                    () -> NamedSetting.addArgument(each.text(), each.place(), configuration));
        }
    }

    /** Takes a name and its value. */
    private interface Taker {
        void take(String name, String value) throws ConfigurationException;
    }

    private static void readNames(YamlNode node, ConfigurationBuilder configuration, Taker taker)
            throws ConfigurationException {
        for (Map.Entry<String, YamlNode> entry : node.entries().entrySet()) {
            configuration.attempt(() -> taker.take(entry.getKey(), entry.getValue().text()));
        }
    }
}
