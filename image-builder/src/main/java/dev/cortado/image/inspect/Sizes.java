package dev.cortado.image.inspect;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much code and heap each class takes, largest first.
 *
 * @param source where the figures are from
 */
public record Sizes(Source source, List<SizeEntry> code, List<SizeEntry> heap) {

    /** Where sizes come from. */
    public enum Source {
        /** The compiler's report, beside the image: full class names, code and heap. */
        COMPILER,
        /** Nothing is beside the image. */
        NONE
    }

    private static final Comparator<SizeEntry> LARGEST_FIRST =
            Comparator.comparingLong(SizeEntry::bytes).reversed().thenComparing(SizeEntry::name);

    public Sizes {
        code = code.stream().sorted(LARGEST_FIRST).toList();
        heap = heap.stream().sorted(LARGEST_FIRST).toList();
    }

    static Sizes none() {
        return new Sizes(Source.NONE, List.of(), List.of());
    }

    /** The packages of {@code classes}, largest first. */
    static List<SizeEntry> packages(List<SizeEntry> classes) {
        Map<String, SizeEntry> packages = new TreeMap<>();
        for (SizeEntry each : classes) {
            String name = ClassName.packageOf(each.name());
            packages.merge(
                    name,
                    new SizeEntry(name, each.count(), each.bytes()),
                    (a, b) -> new SizeEntry(name, a.count() + b.count(), a.bytes() + b.bytes()));
        }
        return packages.values().stream().sorted(LARGEST_FIRST).toList();
    }

    static long total(List<SizeEntry> entries) {
        return entries.stream().mapToLong(SizeEntry::bytes).sum();
    }
}
