package dev.cortado.runtime.configuration;

/** Something of a configuration is no good; the message says where in its source, and why. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String place, String why) {
        super(place.isEmpty() ? why : place + ": " + why);
    }
}
