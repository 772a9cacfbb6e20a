package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.Limits;
import dev.cortado.runtime.configuration.text.Encoding;
import dev.cortado.runtime.configuration.yaml.YamlDocument;
import dev.cortado.runtime.configuration.yaml.YamlNode;
import java.io.IOException;

/** The documents of a medium, each of which may be missing or no good without harm to others. */
final class Documents {
    private final ConfigurationFiles files;
    private final ConfigurationBuilder configuration;

    Documents(ConfigurationFiles files, ConfigurationBuilder configuration) {
        this.files = files;
        this.configuration = configuration;
    }

    /** Does something with a document's bytes. */
    interface BytesReader {
        void read(byte[] document) throws ConfigurationException;
    }

    /** Does something with a document's root. */
    interface TreeReader {
        void read(YamlNode root) throws ConfigurationException;
    }

    /** Reads a document, if it is there. */
    void read(String path, BytesReader reader) {
        configuration.attempt(() -> {
            byte[] document = bytes(path, Limits.DOCUMENT_BYTES);
            if (document != null) {
                reader.read(document);
            }
        });
    }

    /** All of a file; null if there is none. */
    byte[] bytes(String path, int mostBytes) throws ConfigurationException {
        try {
            return files.read(path, mostBytes);
        } catch (IOException e) {
            throw new ConfigurationException(path, e.getMessage());
        }
    }

    /** Reads a document of YAML or JSON, if it is there and not empty. */
    void readTree(String path, TreeReader reader) {
        read(
                path,
                document -> {
                    YamlNode root = tree(document, path);
                    if (root != null) {
                        reader.read(root);
                    }
                });
    }

    /**
     * A document's tree.
     *
     * @return null if there is nothing in it
     */
    static YamlNode tree(byte[] document, String name) throws ConfigurationException {
        YamlNode root = YamlDocument.parse(text(document, name), name);
        return root == null || root.isNull() ? null : root;
    }

    /** A document's text. */
    static String text(byte[] document, String name) throws ConfigurationException {
        try {
            return Encoding.document(document);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(name, e.getMessage());
        }
    }
}
