package dev.cortado.image.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cortado.image.image.BootNotes;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.LoadedSegment;
import dev.cortado.image.image.Manifest;
import java.util.List;
import java.util.Locale;

/**
 * What there is to know about an image, as a report says it; in JSON as {@code
 * inspection.schema.json}, beside this class, describes it.
 */
record InspectionDocument(
        int schemaVersion,
        String file,
        long size,
        List<String> containers,
        String format,
        List<String> bootProtocols,
        @JsonInclude(JsonInclude.Include.NON_NULL) String commandLine,
        String entryPoint,
        List<BootNotes.Line> bootNotes,
        List<SegmentDocument> segments,
        Manifest manifest,
        SizesDocument sizes) {
    private static final int SCHEMA_VERSION = 1;

    /** What is loaded where; addresses are hexadecimal. */
    record SegmentDocument(
            String name,
            String protection,
            String virtualAddress,
            String physicalAddress,
            long fileSize,
            long memorySize,
            String crc32c) {}

    /** How much code and heap there is of what, if the compiler's report is beside the image. */
    record SizesDocument(String source, Breakdown code, Breakdown heap) {
        boolean isKnown() {
            return !source.equals(word(Sizes.Source.NONE));
        }
    }

    /** The same bytes twice: by packages, and by classes. */
    record Breakdown(long bytes, List<PackageSize> packages, List<SizeEntry> classes) {}

    /**
     * What a package takes.
     *
     * @param origin who it is from: see {@link ClassName.Origin}
     */
    record PackageSize(String name, String origin, long count, long bytes) {}

    static InspectionDocument of(Inspection inspection) {
        ImageFile image = inspection.image();
        return new InspectionDocument(
                SCHEMA_VERSION,
                image.file().toString(),
                image.size(),
                inspection.containers(),
                image.format().toString(),
                image.bootProtocols(),
                image.commandLine().orElse(null),
                Amounts.address(image.entryPoint()),
                BootNotes.lines(image.bootNotes()),
                image.segments().stream().map(InspectionDocument::document).toList(),
                image.manifest(),
                document(inspection.sizes()));
    }

    private static SegmentDocument document(LoadedSegment segment) {
        return new SegmentDocument(
                segment.name(),
                segment.protection().toString(),
                Amounts.address(segment.virtualAddress()),
                Amounts.address(segment.physicalAddress()),
                segment.fileSize(),
                segment.memorySize(),
                "%08x".formatted(segment.checksum()));
    }

    private static SizesDocument document(Sizes sizes) {
        return new SizesDocument(
                word(sizes.source()), breakdown(sizes.code()), breakdown(sizes.heap()));
    }

    private static String word(Sizes.Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    private static Breakdown breakdown(List<SizeEntry> classes) {
        List<PackageSize> packages =
                Sizes.packages(classes).stream()
                        .map(each ->
                                new PackageSize(
                                        each.name(),
                                        ClassName.originOf(each.name()).word(),
                                        each.count(),
                                        each.bytes()))
                        .toList();
        return new Breakdown(Sizes.total(classes), packages, classes);
    }
}
