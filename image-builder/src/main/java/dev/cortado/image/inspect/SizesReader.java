package dev.cortado.image.inspect;

import dev.cortado.image.UserError;
import dev.cortado.image.image.SideFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the sizes that the compiler reports, which a build leaves beside an image. */
final class SizesReader {
    /** More than any program needs; keeps a wrong file from filling the memory. */
    private static final long LARGEST_FILE = 256 << 20;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    private record HeapSize(long count, long bytes) {}

    private record Report(Map<String, Long> code, Map<String, HeapSize> heap) {}

    private SizesReader() {}

    /**
     * The sizes of {@code image} from the report beside it; none if there is no report.
     *
     * @throws UserError if there is one and it cannot be read
     */
    static Sizes read(Path image) {
        Path report = SideFiles.sizes(image);
        try {
            if (!Files.isRegularFile(report)) {
                return Sizes.none();
            }
            requireSize(report);
            return fromReport(report);
        } catch (IOException | JacksonException e) {
            throw damaged(report, e);
        }
    }

    private static void requireSize(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw damaged(file, null);
        }
    }

    private static UserError damaged(Path file, Exception cause) {
        return new UserError(file + " cannot be read; delete it, or build the image again", cause);
    }

    private static Sizes fromReport(Path file) throws IOException {
        Report report = MAPPER.readValue(file.toFile(), Report.class);
        if (report == null || report.code == null || report.heap == null) {
            throw damaged(file, null);
        }
        List<SizeEntry> code = new ArrayList<>();
        report.code.forEach((name, bytes) -> code.add(entry(file, name, 0L, bytes)));
        List<SizeEntry> heap = new ArrayList<>();
        report.heap.forEach((name, size) ->
                heap.add(
                        size == null
                                ? entry(file, name, null, null)
                                : entry(file, name, size.count, size.bytes)));
        return new Sizes(Sizes.Source.COMPILER, code, heap);
    }

    private static SizeEntry entry(Path file, String name, Long count, Long bytes) {
        if (count == null || bytes == null || !plausible(count) || !plausible(bytes)) {
            throw damaged(file, null);
        }
        return new SizeEntry(name, count, bytes);
    }

    /** Small enough that sums do not overflow. */
    private static boolean plausible(long value) {
        return value >= 0 && value <= Integer.MAX_VALUE;
    }
}
