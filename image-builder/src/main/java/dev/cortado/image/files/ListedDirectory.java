package dev.cortado.image.files;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A directory that is to be in an image, and what is in it.
 *
 * @param place in the guest
 * @param origin the directory here, as a URI that ends with a slash
 * @param lines one for the directory itself and each file in it: see {@code ListedDirectories} in
 *     the guest's package {@code runtime.jdk}
 * @param files how many regular files and symbolic links there are
 * @param directories how many there are in it
 * @param bytes that all files have together
 */
public record ListedDirectory(
        String place, String origin, List<String> lines, int files, int directories, long bytes) {
    /** Seconds since 1970 (reproducible-builds.org/specs/source-date-epoch). */
    private static final String SOURCE_DATE = "SOURCE_DATE_EPOCH";

    public ListedDirectory {
        lines = List.copyOf(lines);
    }

    /**
     * Looks at directories.
     *
     * @throws UserError if one is none, cannot be read, or has something in it that an image cannot
     *     have
     */
    public static List<ListedDirectory> of(List<WantedDirectory> wanted) {
        return of(wanted, System.getenv());
    }

    static List<ListedDirectory> of(List<WantedDirectory> wanted, Map<String, String> host) {
        WantedDirectory.requireApart(wanted);
        long latest = latest(host);
        return wanted.stream().map(each -> of(each, latest)).toList();
    }

    /** What is no number says nothing. */
    private static long latest(Map<String, String> host) {
        String text = host.getOrDefault(SOURCE_DATE, "");
        return text.matches("\\d{1,10}") ? Long.parseLong(text) : Long.MAX_VALUE;
    }

    private static ListedDirectory of(WantedDirectory wanted, long latest) {
        Path directory = wanted.directory();
        if (!Files.exists(directory)) {
            throw new UserError("--files: there is no directory " + directory);
        }
        if (!Files.isDirectory(directory)) {
            throw new UserError(
                    "--files: %s is no directory: name the one that it is in".formatted(directory));
        }
        return new DirectoryListing(directory.toAbsolutePath(), latest).list(wanted.place());
    }

    /** What an image's contents depend on: not where the directory was. */
    public String text() {
        return "mount " + Percent.encoded(place) + "\n" + String.join("\n", lines) + "\n";
    }

    /** Writes what the guest's features read. */
    public static void write(List<ListedDirectory> all, Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        for (ListedDirectory each : all) {
            text.append("mount ").append(Percent.encoded(each.place)).append(' ');
            text.append(each.origin).append('\n');
            each.lines.forEach(line -> text.append(line).append('\n'));
        }
        Files.writeString(file, text);
    }
}
