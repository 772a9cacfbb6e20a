package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.ConfiguredFile;
import dev.cortado.runtime.configuration.Limits;
import dev.cortado.runtime.configuration.named.FlatSettings;
import dev.cortado.runtime.configuration.yaml.YamlNode;
import java.util.Map;

/**
 * OpenStack's config drive, version 2: a medium with the label {@code config-2}, and in its
 * directory {@code openstack/latest} the files {@code meta_data.json}, {@code network_data.json}
 * and {@code user_data}.
 */
public final class ConfigDrive {
    private static final String ROOT = "openstack/";
    private static final String LATEST = ROOT + "latest/";

    private final Documents documents;
    private final ConfigurationBuilder configuration;

    private ConfigDrive(Documents documents, ConfigurationBuilder configuration) {
        this.documents = documents;
        this.configuration = configuration;
    }

    /** Adds what the files of such a medium say. */
    public static void read(ConfigurationFiles files, ConfigurationBuilder configuration) {
        Documents documents = new Documents(files, configuration);
        ConfigDrive drive = new ConfigDrive(documents, configuration);
        documents.readTree(LATEST + "meta_data.json", drive::readMetadata);
        documents.readTree(
                LATEST + "network_data.json", root -> NetworkData.read(root, configuration));
        documents.read(
                LATEST + "user_data",
                document -> UserData.read(document, LATEST + "user_data", configuration));
    }

    private void readMetadata(YamlNode root) throws ConfigurationException {
        InstanceMetadata.readOpenStack(root, configuration);
        YamlNode metadata = root.get("meta");
        if (metadata != null) {
            for (Map.Entry<String, YamlNode> entry : metadata.entries().entrySet()) {
                YamlNode value = entry.getValue();
                String place = value.place();
                configuration.attempt(() ->
                        FlatSettings.read(entry.getKey(), value.text(), place, configuration));
            }
        }
        YamlNode files = root.get("files");
        if (files != null) {
            for (YamlNode file : files.items()) {
                configuration.attempt(() -> readFile(file));
            }
        }
    }

    /** One of the files that were handed over when the machine was made ("personality"). */
    private void readFile(YamlNode file) throws ConfigurationException {
        String path = file.textOf("path");
        String content = file.textOf("content_path");
        if (path == null || content == null) {
            throw file.bad("a file without path or content_path");
        }
        String stripped = content.startsWith("/") ? content.substring(1) : content;
        byte[] bytes = documents.bytes(ROOT + stripped, Limits.FILE_BYTES);
        if (bytes == null) {
            throw file.bad(path + ": there is no " + ROOT + stripped);
        }
        configuration.addFile(
                ConfiguredFile.of(path, bytes, ConfiguredFile.USUAL_PERMISSIONS, false));
    }
}
