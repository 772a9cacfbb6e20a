package dev.cortado.image.format.xml;

import java.util.regex.Pattern;

/** Text in XML. */
public final class XmlText {
    private XmlText() {}

    /** What no document may have, escaped or not (XML 1.0, 2.2). */
    private static final Pattern IMPOSSIBLE = Pattern.compile("[\\p{Cntrl}&&[^\t\n\r]]");

    /** Whether all of a text can be said. */
    public static boolean isPossible(String text) {
        return !IMPOSSIBLE.matcher(text).find();
    }

    /**
     * For an element's content, or an attribute in double quotes (XML 1.0, 2.4). Without
     * references, line ends and tabs would become others when they are read (2.11 and 3.3.3).
     */
    public static String escape(String text) {
        return IMPOSSIBLE
                .matcher(text)
                .replaceAll("?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\t", "&#9;")
                .replace("\n", "&#10;")
                .replace("\r", "&#13;");
    }
}
