package dev.cortado.image.inspect;

import static dev.cortado.image.inspect.HtmlTable.escape;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cortado.image.image.BootNotes;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.LoadedSegment;
import dev.cortado.image.image.Manifest;
import dev.cortado.image.image.Segment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What there is to know about an image as one HTML page, which needs nothing from elsewhere: a
 * treemap of code and heap, and the same in tables.
 */
public final class HtmlReport {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
                    .build();

    /** A package of the treemap, or, without children, a class. */
    private record Node(String name, String origin, long bytes, long count, List<Node> children) {}

    /** The page. */
    public String render(Inspection inspection) {
        ImageFile image = inspection.image();
        Manifest manifest = image.manifest();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("name", escape(String.valueOf(image.file().getFileName())));
        parts.put("mainClass", escape(manifest.mainClass()));
        parts.put("cortado", escape(manifest.cortado()));
        parts.put("jdk", escape(manifest.jdk()));
        parts.put("graalvm", escape(manifest.graalvm()));
        parts.put("style", resource("report.css"));
        parts.put("script", resource("report.js"));
        parts.put("data", data(inspection.sizes()));
        parts.put("cards", cards(inspection));
        parts.put("legend", legend());
        parts.put("sizes", HtmlSizes.render(inspection.sizes()));
        parts.put("segments", segments(image));
        parts.put("drivers", drivers(manifest));
        parts.put("manifest", manifest(image));
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

    private static String data(Sizes sizes) {
        try {
            Map<String, List<Node>> data =
                    Map.of("code", nodes(sizes.code()), "heap", nodes(sizes.heap()));
            // No text of a class may end the script element.
            return MAPPER.writeValueAsString(new TreeMap<>(data)).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of strings and numbers", e);
        }
    }

    private static List<Node> nodes(List<SizeEntry> classes) {
        Map<String, List<SizeEntry>> byPackage =
                classes.stream()
                        .collect(Collectors.groupingBy(each -> ClassName.packageOf(each.name())));
        return Sizes.packages(classes).stream()
                .map(each -> packageNode(each, byPackage.get(each.name())))
                .toList();
    }

    private static Node packageNode(SizeEntry entry, List<SizeEntry> classes) {
        List<Node> children =
                classes.stream()
                        .map(each ->
                                new Node(
                                        ClassName.simpleName(each.name()),
                                        null,
                                        each.bytes(),
                                        each.count(),
                                        null))
                        .toList();
        return new Node(entry.name(), origin(entry.name()), entry.bytes(), entry.count(), children);
    }

    static String origin(String packageName) {
        return ClassName.originOf(packageName).name().toLowerCase(Locale.ROOT);
    }

    private static String cards(Inspection inspection) {
        ImageFile image = inspection.image();
        StringBuilder cards = new StringBuilder();
        card(cards, Amounts.bytes(image.size()), "image file");
        for (LoadedSegment segment : image.segments()) {
            card(cards, Amounts.bytes(segment.memorySize()), title(segment));
        }
        card(cards, String.valueOf(image.manifest().drivers().size()), "drivers");
        card(cards, String.join(", ", image.manifest().targets()), "target");
        String protocols = String.join(", ", image.bootProtocols());
        card(cards, protocols.toUpperCase(Locale.ROOT), "boot protocol");
        return cards.toString();
    }

    private static String title(LoadedSegment segment) {
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
                                .formatted(origin.name().toLowerCase(Locale.ROOT), origin.title()))
                .collect(Collectors.joining());
    }

    private static String segments(ImageFile image) {
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
        for (LoadedSegment segment : image.segments()) {
            table.row(
                    segment.name(),
                    segment.protection().toString(),
                    Amounts.address(segment.virtualAddress()),
                    Amounts.address(segment.physicalAddress()),
                    Amounts.bytes(segment.fileSize()),
                    Amounts.bytes(segment.memorySize()),
                    "%08x".formatted(segment.checksum()));
        }
        return table.render();
    }

    private static String drivers(Manifest manifest) {
        if (manifest.drivers().isEmpty()) {
            return "<p class=\"note\">None.</p>";
        }
        HtmlTable table = new HtmlTable("ll", "Driver", "In the image because");
        manifest.drivers().forEach(each -> table.row(each.name(), each.reason()));
        return table.render();
    }

    private static String manifest(ImageFile image) {
        Manifest manifest = image.manifest();
        HtmlTable table = new HtmlTable("lm", "Property", "Value");
        table.row("Main class", manifest.mainClass());
        table.row("Format", image.format().toString());
        table.row("Entry point", Amounts.address(image.entryPoint()));
        table.row("Targets", String.join(", ", manifest.targets()));
        table.row("Options", String.join(" ", manifest.options()));
        image.commandLine().ifPresent(line -> table.row("Command line", line));
        BootNotes.lines(image.bootNotes()).forEach(each -> table.row(each.name(), each.value()));
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
