package dev.cortado.image.inspect;

import static dev.cortado.image.inspect.HtmlTable.escape;

import dev.cortado.image.image.Manifest;
import dev.cortado.image.image.Segment;
import dev.cortado.image.inspect.InspectionDocument.SegmentDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What there is to know about an image as one HTML page, which needs nothing from elsewhere: a
 * treemap of code and heap, and the same in tables.
 */
public final class HtmlReport {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    /** The page. */
    public String render(Inspection inspection) {
        InspectionDocument document = InspectionDocument.of(inspection);
        Manifest manifest = document.manifest();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("name", escape(String.valueOf(inspection.image().file().getFileName())));
        parts.put("mainClass", escape(manifest.mainClass()));
        parts.put("cortado", escape(manifest.cortado()));
        parts.put("jdk", escape(manifest.jdk()));
        parts.put("graalvm", escape(manifest.graalvm()));
        parts.put("style", resource("report.css"));
        parts.put("script", resource("report.js"));
        parts.put("data", JsonReport.embed(document));
        parts.put("cards", cards(document));
        parts.put("legend", legend());
        parts.put("sizes", HtmlSizes.render(document.sizes()));
        parts.put("segments", segments(document));
        parts.put("drivers", drivers(manifest));
        parts.put("natives", natives(manifest));
        parts.put("files", files(manifest));
        parts.put("manifest", manifest(document));
        parts.put("jars", jars(manifest));
        parts.put("licences", licences(manifest));
        return PLACE.matcher(resource("report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cards(InspectionDocument document) {
        StringBuilder cards = new StringBuilder();
        card(cards, Amounts.bytes(document.size()), "image file");
        for (SegmentDocument segment : document.segments()) {
            card(cards, Amounts.bytes(segment.memorySize()), title(segment));
        }
        card(cards, String.valueOf(document.manifest().drivers().size()), "drivers");
        card(cards, String.join(", ", document.manifest().targets()), "target");
        String protocols = String.join(", ", document.bootProtocols());
        card(cards, protocols.toUpperCase(Locale.ROOT), "boot protocol");
        return cards.toString();
    }

    private static String title(SegmentDocument segment) {
        return switch (segment.name()) {
            case Segment.TEXT -> "code";
            case Segment.RODATA -> "constants";
            case Segment.HEAP -> "image heap";
            default -> segment.name();
        };
    }

    private static void card(StringBuilder cards, String figure, String what) {
        cards.append("<div class=\"card\"><b>").append(escape(figure)).append("</b><span>");
        cards.append(escape(what)).append("</span></div>\n");
    }

    private static String legend() {
        return Arrays.stream(ClassName.Origin.values())
                .map(origin ->
                        "<li class=\"hue-%s\"><i></i>%s</li>\n"
                                .formatted(origin.word(), origin.title()))
                .collect(Collectors.joining());
    }

    private static String segments(InspectionDocument document) {
        HtmlTable table =
                new HtmlTable(
                        "llmmrrm",
                        "Name",
                        "Access",
                        "Virtual address",
                        "Physical address",
                        "In file",
                        "In memory",
                        "CRC-32C");
        for (SegmentDocument segment : document.segments()) {
            table.row(
                    segment.name(),
                    segment.protection(),
                    segment.virtualAddress(),
                    segment.physicalAddress(),
                    Amounts.bytes(segment.fileSize()),
                    Amounts.bytes(segment.memorySize()),
                    segment.crc32c());
        }
        return table.render();
    }

    private static String drivers(Manifest manifest) {
        if (manifest.drivers().isEmpty()) {
            return "<p class=\"note\">None.</p>";
        }
        HtmlTable table = new HtmlTable("llm", "Driver", "In the image because", "By calls");
        manifest.drivers()
                .forEach(each ->
                        table.row(
                                each.name(), each.reason(), String.join(" \u2192 ", each.calls())));
        return table.render();
    }

    private static String natives(Manifest manifest) {
        if (manifest.natives().isEmpty()) {
            return "<p class=\"note\">None.</p>";
        }
        HtmlTable table = new HtmlTable("ml", "Method", "Called by");
        manifest.natives().forEach(each -> table.row(each.method(), TextReport.callers(each)));
        return table.render();
    }

    private static String files(Manifest manifest) {
        if (manifest.files().isEmpty()) {
            return "<p class=\"note\">None.</p>";
        }
        HtmlTable table = new HtmlTable("mrrr", "In the guest", "Files", "Directories", "Size");
        for (Manifest.Directory each : manifest.files()) {
            table.row(
                    each.path(),
                    Amounts.exact(each.files()),
                    Amounts.exact(each.directories()),
                    Amounts.bytes(each.bytes()));
        }
        return table.render();
    }

    private static String manifest(InspectionDocument document) {
        Manifest manifest = document.manifest();
        HtmlTable table = new HtmlTable("lm", "Property", "Value");
        table.row("Main class", manifest.mainClass());
        table.row("Format", document.format());
        if (!document.containers().isEmpty()) {
            table.row("In", String.join(" in ", document.containers().reversed()));
        }
        table.row("Entry point", document.entryPoint());
        table.row("Targets", String.join(", ", manifest.targets()));
        table.row("Options", String.join(" ", manifest.options()));
        if (document.commandLine() != null) {
            table.row("Command line", document.commandLine());
        }
        document.bootNotes().forEach(each -> table.row(each.name(), each.value()));
        return table.render();
    }

    private static String jars(Manifest manifest) {
        HtmlTable table = new HtmlTable("lm", "Name", "SHA-256");
        manifest.jars().forEach(each -> table.row(each.name(), each.sha256()));
        return table.render();
    }

    private static String licences(Manifest manifest) {
        HtmlTable table = new HtmlTable("ll", "Part", "Licence");
        manifest.licences().forEach(each -> table.row(each.component(), each.licence()));
        return table.render();
    }
}
