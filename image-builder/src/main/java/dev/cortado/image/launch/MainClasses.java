package dev.cortado.image.launch;

import dev.cortado.image.classpath.ClassPath;
import dev.cortado.image.classpath.ClassPathElement;
import dev.cortado.image.classpath.ClassPathEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the classes below a directory that a launcher starts. */
public final class MainClasses implements AutoCloseable {
    private static final String SUFFIX = ".class";

    private final List<ClassPathEntry> classPath = new ArrayList<>();
    private final Map<String, Optional<ClassOutline>> outlines = new HashMap<>();

    private MainClasses(List<Path> paths) throws IOException {
        for (ClassPathElement element : ClassPath.resolve(paths).elements()) {
            classPath.add(ClassPathEntry.open(element));
        }
    }

    /**
     * Their names, sorted; none if there is no such directory.
     *
     * @param classPath where their superclasses are
     * @throws IOException if something cannot be read
     */
    public static List<String> below(Path directory, List<Path> classPath) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> paths = new ArrayList<>(List.of(directory));
        paths.addAll(classPath);
        try (MainClasses search = new MainClasses(paths);
                ClassPathEntry own = ClassPathEntry.open(ClassPathElement.of(directory))) {
            MainMethod rules = new MainMethod(search::find);
            return own.names().stream()
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> search.find(className(name)))
                    .filter(type -> type != null && rules.problem(type).isEmpty())
                    .map(ClassOutline::name)
                    .toList();
        }
    }

    private static String className(String file) {
        return file.substring(0, file.length() - SUFFIX.length()).replace('/', '.');
    }

    /** The class of that name; null if there is none, or one that cannot be read. */
    private ClassOutline find(String name) {
        return outlines.computeIfAbsent(name, this::read).orElse(null);
    }

    private Optional<ClassOutline> read(String name) {
        String file = name.replace('.', '/') + SUFFIX;
        for (ClassPathEntry entry : classPath) {
            if (entry.contains(file)) {
                try {
                    ClassOutline outline = OutlineReader.read(entry.read(file));
                    return Optional.of(outline).filter(read -> read.name().equals(name));
                } catch (IOException | RuntimeException e) {
                    // ASM throws whatever comes up; preflight has more to say about such a class.
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        for (ClassPathEntry entry : classPath) {
            entry.close();
        }
    }
}
