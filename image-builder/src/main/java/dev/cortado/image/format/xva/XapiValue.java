package dev.cortado.image.format.xva;

import dev.cortado.image.format.xml.XmlText;
import java.util.List;

/** Values as the XenAPI writes them: those of XML-RPC, where numbers are strings. */
final class XapiValue {
    static final String NO_REFERENCE = text("OpaqueRef:NULL");
    static final String EMPTY_LIST = list(List.of());
    static final String EMPTY_MAP = struct();

    private XapiValue() {}

    static String text(String text) {
        return "<value>" + XmlText.escape(text) + "</value>";
    }

    static String flag(boolean flag) {
        return "<value><boolean>" + (flag ? 1 : 0) + "</boolean></value>";
    }

    static String time() {
        return "<value><dateTime.iso8601>19700101T00:00:00Z</dateTime.iso8601></value>";
    }

    static String list(List<String> values) {
        String joined = String.join("", values);
        return "<value><array><data>" + joined + "</data></array></value>";
    }

    /**
     * @param members names and values in turn
     */
    static String struct(String... members) {
        StringBuilder struct = new StringBuilder("<value><struct>");
        for (int i = 0; i < members.length; i += 2) {
            struct.append("<member><name>").append(members[i]).append("</name>");
            struct.append(members[i + 1]).append("</member>");
        }
        return struct.append("</struct></value>").toString();
    }
}
