package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.yaml.YamlNode;

/** cloud-init's network configuration, of either version, perhaps in a mapping named network. */
final class NetworkConfiguration {
    private NetworkConfiguration() {}

    static void read(YamlNode root, ConfigurationBuilder configuration)
            throws ConfigurationException {
        YamlNode inner = root.get("network");
        YamlNode network = inner == null ? root : inner;
        String version = network.textOf("version");
        switch (version == null ? "" : version) {
            case "1" -> NetworkVersion1.read(network, configuration);
            case "2" -> NetworkVersion2.read(network, configuration);
            case "" -> throw network.bad("a network without a version");
            default -> throw network.bad("a network of version " + version + "; there are 1 and 2");
        }
    }
}
