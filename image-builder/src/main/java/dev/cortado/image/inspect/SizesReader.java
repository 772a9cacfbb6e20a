package dev.cortado.image.inspect;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cortado.image.UserError;
import dev.cortado.image.image.SideFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the sizes that a build leaves beside an image. */
final class SizesReader {
    /** More than any program needs; keeps a wrong file from filling the memory. */
    private static final long LARGEST_FILE = 256 << 20;

    /** A function of {@link SideFiles#symbols}: address, size, type, name. */
    private static final Pattern FUNCTION =
            Pattern.compile("[0-9a-f]{16} 0{8}([0-9a-f]{8}) [Tt] (.+)");

    /** native-image's symbols: class, method (constructors have none), hash of the signature. */
    private static final Pattern METHOD = Pattern.compile("(.+?)(_[^_]+)?_[0-9A-Za-z]{20,24}");

    private static final String NOT_JAVA = "(boot code and entry points)";

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private record HeapSize(long count, long bytes) {}

    private record Report(Map<String, Long> code, Map<String, HeapSize> heap) {}

    private SizesReader() {}

    /**
     * The sizes of {@code image}: from the compiler's report, else from the symbols, else none.
     *
     * @throws UserError if there is such a file and it cannot be read
     */
    static Sizes read(Path image) {
        Path report = SideFiles.sizes(image);
        Path symbols = SideFiles.symbols(image);
        try {
            if (Files.isRegularFile(report)) {
                requireSize(report);
                return fromReport(report);
            }
            if (Files.isRegularFile(symbols)) {
                requireSize(symbols);
                return fromSymbols(symbols);
            }
            return Sizes.none();
        } catch (IOException e) {
            throw damaged(Files.isRegularFile(report) ? report : symbols, e);
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

    private static Sizes fromSymbols(Path file) throws IOException {
        Map<String, Long> classes = new TreeMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.map(FUNCTION::matcher)
                    .filter(Matcher::matches)
                    .forEach(line ->
                            classes.merge(
                                    className(line.group(2)),
                                    Long.parseLong(line.group(1), 16),
                                    Long::sum));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        List<SizeEntry> code = new ArrayList<>();
        classes.forEach((name, bytes) -> code.add(entry(file, name, 0L, bytes)));
        return new Sizes(Sizes.Source.SYMBOLS, code, List.of());
    }

    private static String className(String symbol) {
        Matcher method = METHOD.matcher(symbol);
        return method.matches() ? method.group(1) : NOT_JAVA;
    }
}
