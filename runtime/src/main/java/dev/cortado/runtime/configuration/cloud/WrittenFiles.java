package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.ConfiguredFile;
import dev.cortado.runtime.configuration.Limits;
import dev.cortado.runtime.configuration.text.Encoding;
import dev.cortado.runtime.configuration.yaml.YamlNode;
import java.nio.charset.StandardCharsets;

/**
 * The module {@code write_files}: path, content, encoding, permissions and append. There is but one
 * user, so an owner says nothing; all files are written before the program starts, deferred or not.
 */
final class WrittenFiles {
    private static final int OCTAL = 8;
    private static final int MOST_DIGITS = 6;

    private WrittenFiles() {}

    static void read(YamlNode list, ConfigurationBuilder configuration)
            throws ConfigurationException {
        for (YamlNode item : list.items()) {
            configuration.attempt(() -> configuration.addFile(file(item)));
        }
    }

    private static ConfiguredFile file(YamlNode item) throws ConfigurationException {
        String path = item.textOf("path");
        if (path == null) {
            throw item.bad("a file without a path");
        }
        if (item.get("source") != null && item.get("content") == null) {
            throw item.bad(path + ": a file from elsewhere, which nothing fetches");
        }
        try {
            return ConfiguredFile.of(path, content(item), permissions(item), item.isTrue("append"));
        } catch (ConfigurationException e) {
            String where = item.place() + ": ";
            String why = e.getMessage();
            throw why.startsWith(where) ? e : new ConfigurationException(item.place(), why);
        }
    }

    private static byte[] content(YamlNode item) throws ConfigurationException {
        YamlNode content = item.get("content");
        if (content == null) {
            return new byte[0];
        }
        String name = item.textOf("encoding");
        byte[] bytes = content.text().getBytes(StandardCharsets.UTF_8);
        if (content instanceof YamlNode.Scalar scalar && scalar.isBinary()) {
            bytes = Encoding.BASE64.decode(bytes, Limits.FILE_BYTES);
        }
        return Encoding.of(name == null ? "" : name).decode(bytes, Limits.FILE_BYTES);
    }

    /**
     * In octal, with quotes or with a 0 in front; a number without either is decimal, as in YAML.
     */
    private static int permissions(YamlNode item) throws ConfigurationException {
        YamlNode node = item.get("permissions");
        if (node == null) {
            return ConfiguredFile.USUAL_PERMISSIONS;
        }
        String text = node.text();
        boolean isDecimal =
                node instanceof YamlNode.Scalar scalar && scalar.isPlain() && !text.startsWith("0");
        String digits = text.startsWith("0o") ? text.substring(2) : text;
        if (!digits.matches(isDecimal ? "[0-9]+" : "[0-7]+") || digits.length() > MOST_DIGITS) {
            throw node.bad('"' + text + "\" is no permissions such as '0644'");
        }
        return Integer.parseInt(digits, isDecimal ? 10 : OCTAL);
    }
}
