package dev.cortado.image.inspect;

import dev.cortado.image.image.BootNotes;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.LoadedSegment;
import dev.cortado.image.image.Manifest;
import java.util.ArrayList;
import java.util.List;

/** What there is to know about an image, for a terminal. */
public final class TextReport {
    private static final int SHOWN = 15;

    /** The report: lines, the last one ended too. */
    public String render(Inspection inspection) {
        ImageFile image = inspection.image();
        StringBuilder out = new StringBuilder();
        out.append(image.file()).append("\n\n");
        out.append(general(inspection));
        section(out, "Segments", segments(image));
        section(out, "Notes for loaders", notes(image));
        section(out, "Manifest", manifest(image.manifest()));
        section(out, "Drivers", drivers(image.manifest()));
        section(out, "Native methods that nobody replaces", natives(image.manifest()));
        if (!image.manifest().files().isEmpty()) {
            section(out, "Directories of files", files(image.manifest()));
        }
        section(out, "Jars", jars(image.manifest()));
        section(out, "Licences", licences(image.manifest()));
        sizes(out, inspection.sizes());
        return out.toString();
    }

    private static void section(StringBuilder out, String title, Object body) {
        out.append('\n').append(title).append('\n').append(body);
    }

    private static TextTable general(Inspection inspection) {
        ImageFile image = inspection.image();
        TextTable table = new TextTable("ll", "Format", image.format() + ", checksums are right");
        if (!inspection.containers().isEmpty()) {
            table.row("In", String.join(" in ", inspection.containers().reversed()));
        }
        table.row("Target", String.join(", ", image.manifest().targets()));
        table.row("Boots by", String.join(", ", image.bootProtocols()));
        image.commandLine().ifPresent(line -> table.row("Command line", printable(line)));
        table.row("Entry point", Amounts.address(image.entryPoint()));
        table.row(
                "Size",
                "%s (%s bytes)"
                        .formatted(Amounts.bytes(image.size()), Amounts.exact(image.size())));
        return table;
    }

    private static TextTable segments(ImageFile image) {
        TextTable table =
                new TextTable(
                        "llrrrr", "name", "access", "virtual", "physical", "in file", "in memory");
        for (LoadedSegment segment : image.segments()) {
            table.row(
                    segment.name(),
                    segment.protection().toString(),
                    Amounts.address(segment.virtualAddress()),
                    Amounts.address(segment.physicalAddress()),
                    Amounts.bytes(segment.fileSize()),
                    Amounts.bytes(segment.memorySize()));
        }
        return table;
    }

    private static Object notes(ImageFile image) {
        List<BootNotes.Line> lines = BootNotes.lines(image.bootNotes());
        if (lines.isEmpty()) {
            return "  none\n";
        }
        TextTable table = new TextTable("ll", "name", "value");
        lines.forEach(line -> table.row(line.name(), line.value()));
        return table;
    }

    /** One line: a disk's command line may be anything. */
    private static String printable(String line) {
        return line.isEmpty() ? "none" : line.replaceAll("\\p{Cntrl}", "?");
    }

    private static TextTable manifest(Manifest manifest) {
        TextTable table = new TextTable("ll", "Main class", manifest.mainClass());
        table.row("Cortado", manifest.cortado());
        table.row("JDK", manifest.jdk());
        table.row("GraalVM", manifest.graalvm());
        table.row("Options", String.join(" ", manifest.options()));
        return table;
    }

    private static Object drivers(Manifest manifest) {
        if (manifest.drivers().isEmpty()) {
            return "  none\n";
        }
        TextTable table = new TextTable("ll", "name", "in the image because");
        for (Manifest.Driver driver : manifest.drivers()) {
            table.row(driver.name(), driver.reason());
            calls(driver).forEach(line -> table.row("", line));
        }
        return table;
    }

    /** A line for each method, as far as they are known. */
    private static List<String> calls(Manifest.Driver driver) {
        List<String> lines = new ArrayList<>();
        for (String method : driver.calls()) {
            String word = lines.isEmpty() ? "from " : "to ";
            lines.add("  " + (method.equals(Manifest.Driver.LEFT_OUT) ? "" : word) + method);
        }
        return lines;
    }

    private static Object natives(Manifest manifest) {
        if (manifest.natives().isEmpty()) {
            return "  none\n";
        }
        TextTable table = new TextTable("ll", "method", "called by");
        manifest.natives().forEach(each -> table.row(each.method(), callers(each)));
        return table;
    }

    /** For people. */
    static String callers(Manifest.Native method) {
        return method.callers().isEmpty() ? "reflection" : String.join(", ", method.callers());
    }

    private static TextTable files(Manifest manifest) {
        TextTable table = new TextTable("lrrr", "in the guest", "files", "directories", "size");
        for (Manifest.Directory each : manifest.files()) {
            table.row(
                    each.path(),
                    Amounts.exact(each.files()),
                    Amounts.exact(each.directories()),
                    Amounts.bytes(each.bytes()));
        }
        return table;
    }

    private static TextTable jars(Manifest manifest) {
        TextTable table = new TextTable("ll", "name", "SHA-256");
        manifest.jars().forEach(each -> table.row(each.name(), each.sha256()));
        return table;
    }

    private static TextTable licences(Manifest manifest) {
        TextTable table = new TextTable("ll", "part", "licence");
        manifest.licences().forEach(each -> table.row(each.component(), each.licence()));
        return table;
    }

    private static void sizes(StringBuilder out, Sizes sizes) {
        switch (sizes.source()) {
            case COMPILER -> {
                largest(out, "packages by code size", Sizes.packages(sizes.code()), false);
                largest(out, "classes by code size", sizes.code(), false);
                largest(out, "packages by heap size", Sizes.packages(sizes.heap()), true);
                largest(out, "classes by heap size", sizes.heap(), true);
            }
            case NONE -> section(out, "Sizes", "  unknown: no size report is beside the image\n");
        }
    }

    private static void largest(
            StringBuilder out, String what, List<SizeEntry> entries, boolean counted) {
        long total = Sizes.total(entries);
        TextTable table =
                counted
                        ? new TextTable("rrrl", "size", "share", "objects", "name")
                        : new TextTable("rrl", "size", "share", "name");
        for (SizeEntry entry : entries.subList(0, Math.min(SHOWN, entries.size()))) {
            String size = Amounts.bytes(entry.bytes());
            String share = Amounts.percent(entry.bytes(), total);
            if (counted) {
                table.row(size, share, Amounts.exact(entry.count()), entry.name());
            } else {
                table.row(size, share, entry.name());
            }
        }
        String title =
                "Largest %s (%s in all, %s of them)"
                        .formatted(what, Amounts.bytes(total), Amounts.exact(entries.size()));
        section(out, title, table);
    }
}
