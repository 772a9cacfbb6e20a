package dev.cortado.image.classpath;

import dev.cortado.image.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A class path as it is written for the {@code java} command. */
public final class ClassPathText {
    private ClassPathText() {}

    /**
     * Splits it into its entries; {@code directory/*} stands for the jars in a directory, in the
     * order of their names.
     *
     * @throws UserError if an entry cannot be a path
     */
    public static List<Path> parse(String text) {
        List<Path> paths = new ArrayList<>();
        for (String entry : text.split(File.pathSeparator)) {
            if (entry.equals("*") || entry.endsWith("/*") || entry.endsWith(File.separator + "*")) {
                paths.addAll(jars(path(entry.substring(0, entry.length() - 1))));
            } else if (!entry.isBlank()) {
                paths.add(path(entry));
            }
        }
        return paths;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UserError(
                    "\"%s\" on the class path is not a path: correct --class-path".formatted(text),
                    e);
        }
    }

    private static List<Path> jars(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UserError(
                    "%s/* on the class path: there is no such directory".formatted(directory), e);
        }
    }
}
