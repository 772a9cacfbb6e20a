package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerConfigurationException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** The JDK's own XML, which makes many of its objects by reflection. */
final class XmlTest {
    private static final String TEXT =
            "<!DOCTYPE r [<!ENTITY e 'ent'><!ATTLIST a id ID #IMPLIED>]>"
                    + "<r><a id='1'>x<![CDATA[<z>]]>&e;</a><!-- c --><a id='2'>y</a></r>";

    private static final String SCHEMA =
            """
            <xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='r'><xs:complexType>
            <xs:sequence><xs:element name='n' type='xs:int'/></xs:sequence></xs:complexType></xs:element>
            </xs:schema>
            """;

    private static final String STYLE_SHEET =
            """
            <xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>
            <xsl:output method='text'/><xsl:template match='/'>[<xsl:value-of select='//a'/>]</xsl:template>
            </xsl:stylesheet>
            """;

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static String evaluate(String expression) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(expression, parse(TEXT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "/r/a ~ x<z>ent",
                "count(//a) ~ 2",
                "string(//a[2]) ~ y",
                "concat(/r/a[1], '-', translate('abc', 'b', 'x')) ~ x<z>ent-axc",
                "sum(//a/@id) ~ 3",
                "//a[last()] ~ y",
                "//a[position() = 2]/@id ~ 2",
                "normalize-space('  a  b ') ~ a b",
                "string-length(//a) ~ 7",
                "id('1') ~ x<z>ent",
                "name(//a[1]) ~ a",
                "local-name(/r) ~ r",
                "not(//q) ~ true",
                "boolean(//a/preceding::a) ~ true",
                "substring-before('a/b', '/') ~ a",
                "substring-after('a/b', '/') ~ b",
                "substring('abc', 2, 1) ~ b",
                "starts-with('abc', 'ab') ~ true",
                "contains('abc', 'd') ~ false",
                "number('12.5') + 1 ~ 13.5",
                "floor(1.5) + ceiling(1.5) + round(2.4) ~ 5",
                "lang('en') ~ false",
                "true() != false() ~ true"
            })
    void paths(String expression, String expected) throws Exception {
        assertEquals(expected, evaluate(expression));
    }

    @Test
    void anExpressionThatIsNoneIsExplained() {
        XPathExpressionException none =
                assertThrows(XPathExpressionException.class, () -> evaluate("//a["));
        assertTrue(none.getMessage().contains("A location path was expected"), none.getMessage());
        XPathExpressionException unknown =
                assertThrows(XPathExpressionException.class, () -> evaluate("unknown(1)"));
        assertTrue(unknown.getMessage().contains("Could not find function"), unknown.getMessage());
    }

    @Test
    void aTextThatIsNotWellFormedIsExplained() {
        SAXParseException e = assertThrows(SAXParseException.class, () -> parse("<a><b></a>"));
        assertTrue(e.getMessage().contains("must be terminated by the matching end-tag"), "" + e);
    }

    /** In which charset a document is, it says itself; the program's code does not name that. */
    @Test
    void aTextInAnotherCharset() throws Exception {
        String start = "<?xml version='1.0' encoding='ISO-%d-%d'?>".formatted(8859, 2);
        byte[] text = (start + "<a>\u00b1</a>").getBytes(StandardCharsets.ISO_8859_1);
        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(text));
        assertEquals("\u0105", document.getDocumentElement().getTextContent());
    }

    @Test
    void events() throws Exception {
        StringBuilder names = new StringBuilder();
        SAXParserFactory.newInstance()
                .newSAXParser()
                .parse(
                        new InputSource(new StringReader(TEXT)),
                        new DefaultHandler() {
                            @Override
                            public void endElement(String uri, String local, String name) {
                                names.append(name);
                            }
                        });
        assertEquals("aar", names.toString());
    }

    @Test
    void streams() throws XMLStreamException {
        XMLStreamReader reader =
                XMLInputFactory.newInstance().createXMLStreamReader(new StringReader(TEXT));
        int elements = 0;
        while (reader.hasNext()) {
            elements += reader.next() == XMLStreamReader.START_ELEMENT ? 1 : 0;
        }
        assertEquals(3, elements);
    }

    @Test
    void writing() throws Exception {
        StringWriter out = new StringWriter();
        Transformer transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        transformer.transform(new DOMSource(parse("<r><a>&lt;</a></r>")), new StreamResult(out));
        assertEquals("<r><a>&lt;</a></r>", out.toString());
        DOMImplementationLS implementation =
                (DOMImplementationLS)
                        DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
        String text = implementation.createLSSerializer().writeToString(parse("<r/>"));
        assertTrue(text.endsWith("<r/>"), text);
    }

    @Test
    void validation() throws Exception {
        var schema =
                SchemaFactory.newInstance("http://www.w3.org/2001/XMLSchema")
                        .newSchema(new StreamSource(new StringReader(SCHEMA)));
        schema.newValidator().validate(new StreamSource(new StringReader("<r><n>1</n></r>")));
        SAXException e =
                assertThrows(
                        SAXException.class,
                        () ->
                                schema.newValidator()
                                        .validate(
                                                new StreamSource(
                                                        new StringReader("<r><n>x</n></r>"))));
        assertTrue(e.getMessage().contains("'x' is not a valid value for 'integer'"), "" + e);
    }

    @Test
    void aStyleSheetIsRefusedWithTheReason() {
        Guest.required();
        TransformerConfigurationException e =
                assertThrows(
                        TransformerConfigurationException.class,
                        () ->
                                TransformerFactory.newInstance()
                                        .newTransformer(
                                                new StreamSource(new StringReader(STYLE_SHEET))));
        assertTrue(e.getMessage().contains("cannot load classes"), e.getMessage());
    }
}
