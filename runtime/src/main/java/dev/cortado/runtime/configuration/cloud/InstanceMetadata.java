package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.yaml.YamlNode;

/** Who the machine is: for its program, two system properties. */
final class InstanceMetadata {
    private static final String IDENTIFIER = "cortado.instance-id";

    private InstanceMetadata() {}

    /** As cloud-init's own forms name them. */
    static void read(YamlNode root, ConfigurationBuilder configuration)
            throws ConfigurationException {
        set(root, "instance-id", IDENTIFIER, configuration);
        set(root, "local-hostname", BootConfiguration.HOST_NAME_PROPERTY, configuration);
    }

    /** As OpenStack names them. */
    static void readOpenStack(YamlNode root, ConfigurationBuilder configuration)
            throws ConfigurationException {
        set(root, "uuid", IDENTIFIER, configuration);
        set(root, "hostname", BootConfiguration.HOST_NAME_PROPERTY, configuration);
    }

    private static void set(
            YamlNode root, String name, String property, ConfigurationBuilder configuration)
            throws ConfigurationException {
        String value = root.textOf(name);
        if (value != null) {
            configuration.setProperty(property, value);
        }
    }
}
