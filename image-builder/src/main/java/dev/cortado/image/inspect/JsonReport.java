package dev.cortado.image.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cortado.image.image.BootNotes;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.LoadedSegment;
import dev.cortado.image.image.Manifest;
import java.util.List;
import java.util.Locale;

/**
 * What there is to know about an image, for machines: a document as {@code inspection.schema.json},
 * beside this class, describes it.
 */
public final class JsonReport {
    private static final int SCHEMA_VERSION = 1;

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private record Document(
            int schemaVersion,
            String file,
            long size,
            String format,
            List<String> bootProtocols,
            @JsonInclude(JsonInclude.Include.NON_NULL) String commandLine,
            String entryPoint,
            List<BootNotes.Line> bootNotes,
            List<SegmentDocument> segments,
            Manifest manifest,
            SizesDocument sizes) {}

    private record SegmentDocument(
            String name,
            String protection,
            String virtualAddress,
            String physicalAddress,
            long fileSize,
            long memorySize,
            String crc32c) {}

    private record SizesDocument(String source, Breakdown code, Breakdown heap) {}

    private record Breakdown(long bytes, List<SizeEntry> packages, List<SizeEntry> classes) {}

    /** The document, indented, with a line end at its end. */
    public String render(Inspection inspection) {
        ImageFile image = inspection.image();
        Document document =
                new Document(
                        SCHEMA_VERSION,
                        image.file().toString(),
                        image.size(),
                        image.format().toString(),
                        image.bootProtocols(),
                        image.commandLine().orElse(null),
                        Amounts.address(image.entryPoint()),
                        BootNotes.lines(image.bootNotes()),
                        image.segments().stream().map(JsonReport::document).toList(),
                        image.manifest(),
                        document(inspection.sizes()));
        try {
            return MAPPER.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of strings and numbers", e);
        }
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
        String source = sizes.source().name().toLowerCase(Locale.ROOT);
        return new SizesDocument(source, breakdown(sizes.code()), breakdown(sizes.heap()));
    }

    private static Breakdown breakdown(List<SizeEntry> classes) {
        return new Breakdown(Sizes.total(classes), Sizes.packages(classes), classes);
    }
}
