package dev.cortado.system.guest.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Files whose names are no UTF-8, which only others can make: in a directory {@code foreign}, if
 * somebody has put one on the disk.
 */
final class ForeignNames {
    private ForeignNames() {}

    /** Makes a line of each thing that can be done with each of them. */
    static void run(Path work, Consumer<String> lines) throws IOException {
        Path directory = work.resolve("foreign");
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> list = Files.list(directory)) {
            files = list.sorted(Comparator.comparing(ForeignNames::name)).toList();
        }
        String[] names = directory.toFile().list();
        Arrays.sort(names);
        lines.accept("File.list foreign -> " + escaped(String.join(",", names)));
        for (Path file : files) {
            lines.accept("foreign " + name(file) + " -> " + String.join(", ", facts(file)));
        }
    }

    /** What stands in a URI for its bytes. */
    private static String name(Path file) {
        String uri = file.toUri().toString();
        return uri.substring(uri.lastIndexOf('/') + 1);
    }

    private static List<String> facts(Path file) throws IOException {
        List<String> facts = new ArrayList<>();
        facts.add(escaped(file.getFileName().toString()));
        facts.add("" + Files.exists(file));
        facts.add("" + new File(file.toString()).exists());
        facts.add("" + Files.exists(Path.of(file.toString())));
        facts.add(Files.readString(file));
        facts.add(name(file.toRealPath()));
        facts.add("" + Path.of(file.toUri()).equals(file));
        Path link = file.resolveSibling("link");
        Files.createSymbolicLink(link, file.getFileName());
        facts.add(Files.readString(link) + name(Files.readSymbolicLink(link).toAbsolutePath()));
        Files.delete(link);
        Path moved = Files.move(file, file.resolveSibling("moved"));
        Files.move(moved, file);
        facts.add("" + Files.exists(file));
        Files.delete(file);
        facts.add("" + Files.exists(file));
        return facts;
    }

    /** What a console takes. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(each -> {
                    if (each < 0x7f) {
                        escaped.append((char) each);
                    } else {
                        escaped.append("\\u%04x".formatted(each));
                    }
                });
        return escaped.toString();
    }
}
