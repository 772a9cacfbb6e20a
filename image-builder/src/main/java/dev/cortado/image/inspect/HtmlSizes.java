package dev.cortado.image.inspect;

import dev.cortado.image.inspect.InspectionDocument.Breakdown;
import dev.cortado.image.inspect.InspectionDocument.SizesDocument;
import java.util.List;
import java.util.function.UnaryOperator;

/** The tables of an HTML report that say the same as its treemap. */
final class HtmlSizes {
    private static final int SHOWN = 100;

    private HtmlSizes() {}

    static String render(SizesDocument sizes) {
        return sizes.isKnown()
                ? section("Code", sizes.code()) + section("Image heap", sizes.heap())
                : "<p class=\"note\">No size report is beside the image: "
                        + "the sizes of its classes are unknown.</p>";
    }

    private static String section(String title, Breakdown breakdown) {
        List<SizeEntry> packages =
                breakdown.packages().stream()
                        .map(each -> new SizeEntry(each.name(), each.count(), each.bytes()))
                        .toList();
        return "<section><h2>%s, %s</h2>\n<div class=\"columns\">\n%s%s</div></section>\n"
                .formatted(
                        title,
                        Amounts.bytes(breakdown.bytes()),
                        table("Packages", packages, UnaryOperator.identity()),
                        table("Classes", breakdown.classes(), ClassName::packageOf));
    }

    private static String table(
            String title, List<SizeEntry> entries, UnaryOperator<String> packageOf) {
        long total = Sizes.total(entries);
        long largest = entries.isEmpty() ? 0 : entries.getFirst().bytes();
        StringBuilder html = new StringBuilder();
        html.append("<section><h3>").append(title).append(" (");
        html.append(Amounts.exact(entries.size())).append(")</h3>\n");
        html.append("<div class=\"scroll tall\" tabindex=\"0\"><table><thead><tr>");
        html.append("<th scope=\"col\">Name</th><th scope=\"col\" class=\"number\">Size</th>");
        html.append("<th scope=\"col\" class=\"number\">Share</th><th></th></tr></thead><tbody>\n");
        for (SizeEntry entry : entries.subList(0, Math.min(SHOWN, entries.size()))) {
            long width = largest == 0 ? 0 : 80 * entry.bytes() / largest;
            html.append("<tr><td class=\"name\">").append(HtmlTable.escape(entry.name()));
            html.append("</td><td class=\"number\">").append(Amounts.bytes(entry.bytes()));
            html.append("</td><td class=\"number\">");
            html.append(Amounts.percent(entry.bytes(), total));
            html.append("</td><td class=\"meter hue-");
            html.append(ClassName.originOf(packageOf.apply(entry.name())).word());
            html.append("\"><span class=\"share\" style=\"width:").append(width);
            html.append("px\"></span></td></tr>\n");
        }
        if (entries.size() > SHOWN) {
            html.append("<tr><td class=\"note\" colspan=\"4\">and ");
            html.append(Amounts.exact(entries.size() - SHOWN)).append(" more</td></tr>\n");
        }
        return html.append("</tbody></table></div></section>\n").toString();
    }
}
