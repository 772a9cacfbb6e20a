package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.yaml.YamlNode;
import dev.cortado.runtime.file.mount.Fstab;
import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.MountSpec;
import java.util.StringJoiner;

/** The module {@code mounts}: lists that are fields of fstab(5). */
final class TableMounts {
    private static final String SWAP = "swap";

    private TableMounts() {}

    static void read(YamlNode list, ConfigurationBuilder configuration)
            throws ConfigurationException {
        for (YamlNode item : list.items()) {
            configuration.attempt(() -> add(item, configuration));
        }
    }

    private static void add(YamlNode item, ConfigurationBuilder configuration)
            throws ConfigurationException {
        StringJoiner line = new StringJoiner(" ");
        for (YamlNode field : item.items()) {
            if (field.text().equals(SWAP)) {
                throw item.bad("there is no swapping");
            }
            if (field.text().isEmpty()) {
                throw item.bad("an empty field");
            }
            line.add(escape(field.text()));
        }
        try {
            MountSpec spec = Fstab.parseLine(line.toString(), configuration.source());
            if (spec != null) {
                configuration.addMount(spec);
            }
        } catch (MountException e) {
            throw item.bad(e.getMessage());
        }
    }

    /** As fstab(5) wants white space to be written. */
    private static String escape(String field) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char character = field.charAt(i);
            switch (character) {
                case ' ', '\t', '\n', '\r', '\\' ->
                        text.append("\\%03o".formatted((int) character));
                default -> text.append(character);
            }
        }
        return text.toString();
    }
}
