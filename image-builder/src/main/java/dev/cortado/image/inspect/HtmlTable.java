package dev.cortado.image.inspect;

/** A table of text, escaped, as HTML. */
final class HtmlTable {
    private final StringBuilder rows = new StringBuilder();
    private final String alignments;
    private final String head;

    /**
     * @param alignments a letter a column: 'l' for text, 'r' for numbers, 'm' for monospaced text
     */
    HtmlTable(String alignments, String... titles) {
        this.alignments = alignments;
        StringBuilder cells = new StringBuilder();
        for (int i = 0; i < titles.length; i++) {
            String style = alignments.charAt(i) == 'r' ? " class=\"number\"" : "";
            cells.append("<th scope=\"col\"").append(style).append('>');
            cells.append(escape(titles[i])).append("</th>");
        }
        this.head = "<thead><tr>" + cells + "</tr></thead>\n";
    }

    void row(String... cells) {
        rows.append("<tr>");
        for (int i = 0; i < cells.length; i++) {
            String text = escape(cells[i]);
            rows.append(
                    switch (alignments.charAt(i)) {
                        case 'r' -> "<td class=\"number\">" + text + "</td>";
                        case 'm' -> "<td><code>" + text + "</code></td>";
                        default -> "<td class=\"name\">" + text + "</td>";
                    });
        }
        rows.append("</tr>\n");
    }

    /** The table, in a frame that scrolls where it is too wide. */
    String render() {
        return "<div class=\"scroll\"><table>"
                + head
                + "<tbody>\n"
                + rows
                + "</tbody></table></div>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
