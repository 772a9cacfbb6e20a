package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.Limits;
import dev.cortado.runtime.configuration.named.NamedConfiguration;
import dev.cortado.runtime.configuration.named.NamedValues;
import dev.cortado.runtime.configuration.text.Encoding;
import dev.cortado.runtime.configuration.yaml.YamlNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * VMware's variables of a guest, as cloud-init's data source VMware has them: {@code
 * guestinfo.metadata} and {@code guestinfo.userdata}, of which {@code .encoding} behind the name
 * says how they are wrapped; and {@code guestinfo.cortado.arguments} and so on, as they are.
 */
public final class GuestInformation {
    private static final String METADATA = "guestinfo.metadata";
    private static final String USER_DATA = "guestinfo.userdata";
    private static final String OWN = "guestinfo.cortado.";

    private static final String ENCODING = ".encoding";

    private final NamedValues values;
    private final ConfigurationBuilder configuration;

    private GuestInformation(NamedValues values, ConfigurationBuilder configuration) {
        this.values = values;
        this.configuration = configuration;
    }

    /** Adds what the variables say. */
    public static void read(NamedValues values, ConfigurationBuilder configuration) {
        GuestInformation information = new GuestInformation(values, configuration);
        configuration.attempt(information::readMetadata);
        configuration.attempt(() -> {
            byte[] document = information.document(USER_DATA);
            if (document != null) {
                UserData.read(document, USER_DATA, configuration);
            }
        });
        NamedConfiguration.read(values, OWN, configuration);
    }

    private void readMetadata() throws ConfigurationException {
        byte[] document = document(METADATA);
        YamlNode root = document == null ? null : Documents.tree(document, METADATA);
        if (root == null) {
            return;
        }
        InstanceMetadata.read(root, configuration);
        YamlNode network = root.get("network");
        if (network instanceof YamlNode.Scalar wrapped) {
            network = unwrap(wrapped, root.textOf("network" + ENCODING));
        }
        if (network != null) {
            NetworkConfiguration.read(network, configuration);
        }
    }

    /** The network may be a document in the document. */
    private static YamlNode unwrap(YamlNode.Scalar wrapped, String encoding)
            throws ConfigurationException {
        byte[] bytes = wrapped.text().getBytes(StandardCharsets.UTF_8);
        byte[] document;
        try {
            document =
                    Encoding.of(encoding == null ? "" : encoding)
                            .decode(bytes, Limits.DOCUMENT_BYTES);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(METADATA + ", network", e.getMessage());
        }
        return Documents.tree(document, METADATA + ", network");
    }

    /** cloud-init cannot take a variable away: it leaves the mark of an empty document there. */
    private static boolean isCleared(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8).stripTrailing();
        return text.isEmpty() || text.equals("---");
    }

    /** A variable's value without its wrapping; null if there is none. */
    private byte[] document(String name) throws ConfigurationException {
        try {
            byte[] value = values.value(name);
            if (value == null || isCleared(value)) {
                return null;
            }
            byte[] encoding = values.value(name + ENCODING);
            String word = encoding == null ? "" : Encoding.text(encoding);
            return Encoding.of(word).decode(value, Limits.DOCUMENT_BYTES);
        } catch (IOException e) {
            throw new ConfigurationException(e.getMessage());
        } catch (ConfigurationException e) {
            throw new ConfigurationException(name, e.getMessage());
        }
    }
}
