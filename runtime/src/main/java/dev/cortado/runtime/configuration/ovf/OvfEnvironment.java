package dev.cortado.runtime.configuration.ovf;

import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.Limits;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads an OVF environment document (DMTF DSP0243, 1.1.0, section 11): of its properties those of
 * the machine itself, not those of its siblings, which are in {@code Entity} elements. A document
 * type and entities of a document's own are refused.
 */
public final class OvfEnvironment {
    private static final String NAMESPACE = "http://schemas.dmtf.org/ovf/environment/1";

    private static final String ENVIRONMENT = "Environment";
    private static final String SECTION = "PropertySection";
    private static final String PROPERTY = "Property";
    private static final String KEY = "key";
    private static final String VALUE = "value";

    /** The environment, the section and the property. */
    private static final int PROPERTY_DEPTH = 3;

    private static final int SECTION_DEPTH = 2;

    private static final int MOST_DEPTH = 32;

    private final XMLStreamReader reader;
    private final String name;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private boolean inSection;
    private int depth;

    private OvfEnvironment(XMLStreamReader reader, String name) {
        this.reader = reader;
        this.name = name;
    }

    /**
     * The machine's properties, in their order.
     *
     * @param name of the document, for messages
     * @throws ConfigurationException it is no such document; the message says where
     */
    public static Map<String, String> properties(byte[] document, String name)
            throws ConfigurationException {
        if (document.length > Limits.DOCUMENT_BYTES) {
            throw new ConfigurationException(name, "more than " + Limits.DOCUMENT_BYTES + " bytes");
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        try {
            XMLStreamReader reader =
                    factory.createXMLStreamReader(new ByteArrayInputStream(document));
            OvfEnvironment environment = new OvfEnvironment(reader, name);
            environment.read();
            return environment.properties;
        } catch (XMLStreamException e) {
            throw new ConfigurationException(
                    name + line(e.getLocation()), e.getMessage().lines().toList().getLast());
        }
    }

    private static String line(Location location) {
        return location == null ? "" : ", line " + location.getLineNumber();
    }

    private void read() throws XMLStreamException, ConfigurationException {
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw bad("document types and their entities are refused");
                case XMLStreamConstants.START_ELEMENT -> begin();
                case XMLStreamConstants.END_ELEMENT -> {
                    inSection &= depth != SECTION_DEPTH;
                    depth--;
                }
                default -> {} // text, comments and instructions say nothing
            }
        }
    }

    private void begin() throws ConfigurationException {
        depth++;
        if (depth > MOST_DEPTH) {
            throw bad("more than " + MOST_DEPTH + " elements, one in the other");
        }
        if (depth == 1 && !isNamed(ENVIRONMENT)) {
            throw bad("it is no Environment of " + NAMESPACE);
        }
        if (depth == SECTION_DEPTH) {
            inSection = isNamed(SECTION);
        } else if (depth == PROPERTY_DEPTH && inSection && isNamed(PROPERTY)) {
            String key = reader.getAttributeValue(NAMESPACE, KEY);
            String value = reader.getAttributeValue(NAMESPACE, VALUE);
            if (key == null || value == null) {
                throw bad("a Property without key or value");
            }
            if (properties.size() == Limits.ENTRIES) {
                throw bad("more than " + Limits.ENTRIES + " properties");
            }
            properties.put(key, value);
        }
    }

    private boolean isNamed(String local) {
        return NAMESPACE.equals(reader.getNamespaceURI()) && local.equals(reader.getLocalName());
    }

    private ConfigurationException bad(String why) {
        return new ConfigurationException(name + line(reader.getLocation()), why);
    }
}
