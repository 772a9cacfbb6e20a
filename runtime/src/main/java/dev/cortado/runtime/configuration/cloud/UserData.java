package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.yaml.YamlDocument;
import dev.cortado.runtime.configuration.yaml.YamlNode;

/** User data: what whoever starts a machine has written for it. Its first line says what it is. */
public final class UserData {
    private static final String CLOUD_CONFIG = "#cloud-config";

    private UserData() {}

    /**
     * Adds what user data say.
     *
     * @param document perhaps compressed by gzip
     * @param name of the document, for messages
     */
    public static void read(byte[] document, String name, ConfigurationBuilder configuration) {
        configuration.attempt(() -> {
            String text = Documents.text(document, name);
            if (!text.isBlank()) {
                requireCloudConfig(text, name);
                YamlNode root = YamlDocument.parse(text, name);
                if (root != null) {
                    CloudConfig.read(root, configuration);
                }
            }
        });
    }

    private static void requireCloudConfig(String text, String name) throws ConfigurationException {
        String first = text.lines().findFirst().orElse("").strip();
        if (!first.equals(CLOUD_CONFIG)) {
            throw new ConfigurationException(
                    name, "its first line is not \"" + CLOUD_CONFIG + "\"; nothing else is known");
        }
    }
}
