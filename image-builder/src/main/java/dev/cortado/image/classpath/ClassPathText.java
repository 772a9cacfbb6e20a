package dev.cortado.image.classpath;

import dev.cortado.image.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A class path as it is written for the {@code java} command. */
public final class ClassPathText {
    /** As the {@code java} command has it: in small letters or in capitals. */
    private static final Pattern JAR = Pattern.compile(".+\\.(jar|JAR)", Pattern.DOTALL);

    private ClassPathText() {}

    /**
     * Splits it into its entries; an empty one is the current directory, and {@code directory/*}
     * stands for the jars in a directory, in the order of their names.
     *
     * @throws UserError if an entry cannot be a path
     */
    public static List<Path> parse(String text) {
        List<Path> paths = new ArrayList<>();
        for (String entry : text.split(File.pathSeparator, -1)) {
            if (isWildcard(entry)) {
                paths.addAll(jars(path(entry.substring(0, entry.length() - 1))));
            } else {
                paths.add(path(entry));
            }
        }
        return paths;
    }

    /** A file may be called so as well. */
    private static boolean isWildcard(String entry) {
        return (entry.equals("*") || entry.endsWith("/*") || entry.endsWith(File.separator + "*"))
                && !Files.exists(path(entry));
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

    /** Those of a directory; none if it is not there, or cannot be read. */
    private static List<Path> jars(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> JAR.matcher(file.toString()).matches()).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
