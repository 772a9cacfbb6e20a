package dev.cortado.image.format.xml;

/** Text in XML. */
public final class XmlText {
    private XmlText() {}

    /** For an element's content, or an attribute in double quotes (XML 1.0, 2.4). */
    public static String escape(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t\n\r]]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
