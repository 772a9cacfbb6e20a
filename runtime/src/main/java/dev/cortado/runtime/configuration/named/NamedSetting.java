package dev.cortado.runtime.configuration.named;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.InterfaceSettings;
import dev.cortado.runtime.configuration.VlanName;
import dev.cortado.runtime.configuration.text.Settings;
import dev.cortado.runtime.configuration.text.Words;
import java.util.List;

/** The settings that there are, by their names. */
public enum NamedSetting {
    /**
     * The program's arguments, as on a command line. Those like {@code -Dname=value} are
     * properties.
     */
    ARGUMENTS("arguments"),

    /** System properties, a line {@code name=value} each. */
    PROPERTIES("properties"),

    /** Environment variables, a line {@code name=value} each. */
    ENVIRONMENT("environment"),

    /** Interfaces, as the command line's words {@code cortado.net=} name them. */
    NETWORK("network"),

    /** Mounts, as the command line's words {@code cortado.mount=} name them. */
    MOUNTS("mounts");

    private static final String PROPERTY = "-D";

    private final String word;

    NamedSetting(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** The setting of a name; null if there is none. */
    public static NamedSetting of(String word) {
        for (NamedSetting each : values()) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        return null;
    }

    /**
     * Adds what a text says; what of it is no good is left out.
     *
     * @param place of the text in its source, for messages
     */
    public void read(String text, String place, ConfigurationBuilder configuration) {
        switch (this) {
            case PROPERTIES ->
                    Settings.read(text, place, configuration::setProperty, configuration);
            case ENVIRONMENT ->
                    Settings.read(text, place, configuration::setVariable, configuration);
            case ARGUMENTS, NETWORK, MOUNTS ->
                    configuration.attempt(() -> {
                        for (String each : words(text, place)) {
                            configuration.attempt(() -> add(each, place, configuration));
                        }
                    });
        }
    }

    private static List<String> words(String text, String place) throws ConfigurationException {
        try {
            return Words.of(text);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(place, e.getMessage());
        }
    }

    private void add(String text, String place, ConfigurationBuilder configuration)
            throws ConfigurationException {
        switch (this) {
            case NETWORK -> configuration.addInterface(interfaceOf(text, place));
            case MOUNTS -> configuration.addMount(text);
            default -> addArgument(text, place, configuration);
        }
    }

    /** Adds a word of the program's: an argument, or a property. */
    public static void addArgument(String text, String place, ConfigurationBuilder configuration)
            throws ConfigurationException {
        if (text.startsWith("-X")) {
            throw new ConfigurationException(
                    place, '"' + text + "\" comes too late: the Java runtime has begun");
        }
        int equals = text.indexOf('=');
        if (text.startsWith(PROPERTY)) {
            String name = text.substring(PROPERTY.length(), equals < 0 ? text.length() : equals);
            configuration.setProperty(name, equals < 0 ? "" : text.substring(equals + 1));
        } else {
            configuration.addArgument(text);
        }
    }

    private static InterfaceSettings interfaceOf(String text, String place)
            throws ConfigurationException {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw new ConfigurationException(
                    place,
                    '"'
                            + text
                            + "\" is no interface, a colon and what it is to have, such as"
                            + " eth0:dhcp");
        }
        try {
            VlanName name = VlanName.of(text.substring(0, colon));
            List<String> items = List.of(text.substring(colon + 1).split(",", -1));
            return new InterfaceSettings(name.parent(), null, name.vlan(), items);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(place, e.getMessage());
        }
    }
}
