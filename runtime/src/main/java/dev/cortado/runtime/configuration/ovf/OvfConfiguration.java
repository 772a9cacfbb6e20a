package dev.cortado.runtime.configuration.ovf;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.Limits;
import dev.cortado.runtime.configuration.cloud.ConfigurationFiles;
import dev.cortado.runtime.configuration.cloud.UserData;
import dev.cortado.runtime.configuration.named.FlatSettings;
import dev.cortado.runtime.configuration.text.Encoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the properties of an OVF environment say: {@code user-data} is cloud-init's, in base64, as
 * its data source OVF has it; all others are {@link FlatSettings}.
 */
public final class OvfConfiguration {
    private static final String DOCUMENT = "ovf-env.xml";
    private static final String USER_DATA = "user-data";

    private OvfConfiguration() {}

    /** Adds what the document of a medium says, if it has one. */
    public static void read(ConfigurationFiles files, ConfigurationBuilder configuration) {
        configuration.attempt(() -> {
            byte[] document = document(files);
            if (document != null) {
                read(document, DOCUMENT, configuration);
            }
        });
    }

    private static byte[] document(ConfigurationFiles files) throws ConfigurationException {
        try {
            return files.read(DOCUMENT, Limits.DOCUMENT_BYTES);
        } catch (IOException e) {
            throw new ConfigurationException(DOCUMENT, e.getMessage());
        }
    }

    /**
     * Adds what a document says.
     *
     * @param name of the document, for messages
     */
    public static void read(byte[] document, String name, ConfigurationBuilder configuration)
            throws ConfigurationException {
        for (Map.Entry<String, String> each :
                OvfEnvironment.properties(document, name).entrySet()) {
            String key = each.getKey();
            String value = each.getValue();
            String place = name + ", " + key;
            if (key.equals(USER_DATA)) {
                configuration.attempt(() -> readUserData(value, place, configuration));
            } else {
                FlatSettings.read(key, value, place, configuration);
            }
        }
    }

    private static void readUserData(String value, String place, ConfigurationBuilder configuration)
            throws ConfigurationException {
        byte[] wrapped = value.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] document = Encoding.BASE64.decode(wrapped, Limits.DOCUMENT_BYTES);
            UserData.read(document, place, configuration);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(place, e.getMessage());
        }
    }
}
