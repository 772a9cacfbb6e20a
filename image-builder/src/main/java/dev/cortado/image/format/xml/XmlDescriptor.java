package dev.cortado.image.format.xml;

import dev.cortado.image.format.bytes.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A descriptor in XML, from whoever: it can have no types of documents and no entities. */
public final class XmlDescriptor {
    private static final int MOST_BYTES = 4 << 20;
    private static final String MOST_DEPTH = "64";
    private static final String NO_TYPES = "http://apache.org/xml/features/disallow-doctype-decl";

    private final ByteSource file;
    private final Element root;

    private XmlDescriptor(ByteSource file, Element root) {
        this.file = file;
        this.root = root;
    }

    /**
     * @throws dev.cortado.image.UserError if it is no XML, or too much
     */
    public static XmlDescriptor read(ByteSource file) {
        if (file.size() > MOST_BYTES) {
            throw file.unsupported("its descriptor has more than %d bytes", MOST_BYTES);
        }
        byte[] text = file.bytes(0, (int) file.size(), "the descriptor").array();
        try {
            InputSource input = new InputSource(new ByteArrayInputStream(text));
            return new XmlDescriptor(file, parser().parse(input).getDocumentElement());
        } catch (SAXException | IOException e) {
            String reason = String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", " ");
            throw file.damaged("its descriptor is no XML that can be read (%s)", reason);
        }
    }

    private static DocumentBuilder parser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_TYPES, true);
            factory.setAttribute("jdk.xml.maxElementDepth", MOST_DEPTH);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(new DefaultHandler());
            parser.setEntityResolver((name, system) -> new InputSource(new StringReader("")));
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The name of its outermost element, without a prefix. */
    public String rootName() {
        return root.getLocalName();
    }

    /** The namespace of its outermost element; {@code null} if it has none. */
    public String namespace() {
        return root.getNamespaceURI();
    }

    /** All elements of a name, without a prefix, in the document's order. */
    public List<Element> elements(String name) {
        NodeList found = root.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** The elements that are directly in another. */
    public static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    /** An attribute by its name without a prefix. */
    public static Optional<String> attribute(Element element, String name) {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            var attribute = element.getAttributes().item(i);
            if (name.equals(attribute.getLocalName())) {
                return Optional.of(attribute.getNodeValue());
            }
        }
        return Optional.empty();
    }

    /** The file that it was read from. */
    public ByteSource file() {
        return file;
    }
}
