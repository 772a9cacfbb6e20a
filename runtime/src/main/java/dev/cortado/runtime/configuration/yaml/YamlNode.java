package dev.cortado.runtime.configuration.yaml;

import dev.cortado.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Map;

/** A node of a document. Aliases are the node that they stand for. */
public sealed interface YamlNode {
    /** Where it is, for people: the document's name and the line. */
    String place();

    /**
     * @param isPlain without quotes, so that it may be a number, a boolean or null
     * @param isBinary whether its tag says that it is in base64 ({@code !!binary})
     */
    record Scalar(String place, String value, boolean isPlain, boolean isBinary)
            implements YamlNode {
        @Override
        public boolean isNull() {
            return isPlain
                    && (value.isEmpty() || value.equals("~") || value.equalsIgnoreCase("null"));
        }

        @Override
        public String text() {
            return isNull() ? "" : value;
        }
    }

    /** A list. */
    record Sequence(String place, List<YamlNode> nodes) implements YamlNode {
        @Override
        public List<YamlNode> items() {
            return nodes;
        }
    }

    /** Nodes by keys, which are texts. */
    record Mapping(String place, Map<String, YamlNode> nodes) implements YamlNode {
        @Override
        public Map<String, YamlNode> entries() {
            return nodes;
        }
    }

    default boolean isNull() {
        return false;
    }

    /**
     * A scalar's text; empty if it is null.
     *
     * @throws ConfigurationException it is a list or a mapping
     */
    default String text() throws ConfigurationException {
        throw bad("is no text");
    }

    /**
     * A list's items; none of what is null.
     *
     * @throws ConfigurationException it is something else
     */
    default List<YamlNode> items() throws ConfigurationException {
        if (isNull()) {
            return List.of();
        }
        throw bad("is no list");
    }

    /** What should be a list, or one item that stands for it. */
    default List<YamlNode> itemOrItems() throws ConfigurationException {
        return this instanceof Sequence || isNull() ? items() : List.of(this);
    }

    /**
     * A mapping's entries, in their order; none of what is null.
     *
     * @throws ConfigurationException it is something else
     */
    default Map<String, YamlNode> entries() throws ConfigurationException {
        if (isNull()) {
            return Map.of();
        }
        throw bad("has no names and values");
    }

    /** What a mapping has by a name; null if that is nothing. */
    default YamlNode get(String name) throws ConfigurationException {
        YamlNode node = entries().get(name);
        return node == null || node.isNull() ? null : node;
    }

    /** The text of what a mapping has by a name; null if that is nothing. */
    default String textOf(String name) throws ConfigurationException {
        YamlNode node = get(name);
        return node == null ? null : node.text();
    }

    /** Whether a mapping says yes to a name, as YAML 1.1 and 1.2 have it. */
    default boolean isTrue(String name) throws ConfigurationException {
        YamlNode node = get(name);
        if (node == null) {
            return false;
        }
        return switch (node.text().toLowerCase(java.util.Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw node.bad('"' + name + "\" is neither true nor false");
        };
    }

    /** An exception about this node. */
    default ConfigurationException bad(String why) {
        return new ConfigurationException(place(), why);
    }
}
