package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;

/**
 * cloud-init's data source NoCloud: a medium with the label {@code cidata} or {@code CIDATA}, and
 * in its root {@code meta-data}, {@code user-data} and {@code network-config}.
 */
public final class NoCloud {
    private NoCloud() {}

    /** Adds what the files of such a medium say. */
    public static void read(ConfigurationFiles files, ConfigurationBuilder configuration) {
        Documents documents = new Documents(files, configuration);
        documents.readTree("meta-data", root -> InstanceMetadata.read(root, configuration));
        documents.readTree(
                "network-config", root -> NetworkConfiguration.read(root, configuration));
        documents.read(
                "user-data", document -> UserData.read(document, "user-data", configuration));
    }
}
