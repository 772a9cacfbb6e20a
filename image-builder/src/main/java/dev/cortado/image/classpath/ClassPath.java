package dev.cortado.image.classpath;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;

/**
 * A class path as the {@code java} command takes it: each jar is followed by what the {@code
 * Class-Path} of its manifest names, at any depth, and what is not there or no jar is passed over.
 *
 * @param elements what is there, in the order in which classes are looked for
 * @param passedOver what is not, each with the reason
 */
public record ClassPath(List<ClassPathElement> elements, List<String> passedOver) {
    public ClassPath {
        elements = List.copyOf(elements);
        passedOver = List.copyOf(passedOver);
    }

    /** Looks for what the paths, and the manifests of jars, name. */
    public static ClassPath resolve(List<Path> paths) {
        Resolution resolution = new Resolution();
        paths.forEach(resolution::add);
        return new ClassPath(resolution.elements, resolution.passedOver);
    }

    public List<Path> paths() {
        return elements.stream().map(ClassPathElement::path).toList();
    }

    /**
     * The same class path with the contents of Spring Boot's jars in their place.
     *
     * @param directory where to unpack them; an empty one
     * @throws UserError if a jar has a layout that no image can be made of
     */
    public ClassPath unpacked(Path directory) throws IOException {
        List<ClassPathElement> unpacked = new ArrayList<>();
        for (ClassPathElement element : elements) {
            if (SpringBootJar.is(element.path())) {
                Path own = directory.resolve(Integer.toString(unpacked.size()));
                unpacked.addAll(SpringBootJar.unpack(element, Files.createDirectory(own)));
            } else {
                unpacked.add(element);
            }
        }
        return new ClassPath(unpacked, passedOver);
    }

    /** What has been found so far. */
    private static final class Resolution {
        private final List<ClassPathElement> elements = new ArrayList<>();
        private final List<String> passedOver = new ArrayList<>();
        private final Set<Path> seen = new HashSet<>();

        /** Adds a jar with all that it refers to, or a directory. */
        void add(Path path) {
            if (Files.isDirectory(path)) {
                addDirectory(path, path.toString());
                return;
            }
            Deque<ManifestClassPath.Reference> next = new ArrayDeque<>();
            next.add(new ManifestClassPath.Reference(real(path), path.toString(), false));
            while (!next.isEmpty()) {
                ManifestClassPath.Reference reference = next.removeFirst();
                if (reference.isDirectory()) {
                    addDirectory(reference.path(), reference.name());
                } else {
                    addJar(reference).reversed().forEach(next::addFirst);
                }
            }
        }

        /** A manifest's names are relative to where the jar really is. */
        private static Path real(Path path) {
            try {
                return path.toRealPath();
            } catch (IOException e) {
                // It is not there: addJar will say so.
                return path;
            }
        }

        private void addDirectory(Path path, String name) {
            if (!Files.isDirectory(path)) {
                passedOver.add(name + ": there is no such directory");
            } else if (seen.add(path.toAbsolutePath().normalize())) {
                elements.add(new ClassPathElement(path, name));
            }
        }

        /** Adds one jar, and returns what its manifest refers to. */
        private List<ManifestClassPath.Reference> addJar(ManifestClassPath.Reference jar) {
            if (!Files.exists(jar.path())) {
                passedOver.add(jar.name() + ": there is no such file");
            } else if (Files.isDirectory(jar.path())) {
                // What a manifest names is a jar unless it ends with a slash.
                passedOver.add(jar.name() + ": this is a directory, and its name lacks the slash");
            } else if (seen.add(jar.path().toAbsolutePath().normalize())) {
                try (ZipFile zip = new ZipFile(jar.path().toFile())) {
                    var references = ManifestClassPath.of(zip, jar.path(), passedOver::add);
                    elements.add(new ClassPathElement(jar.path(), jar.name()));
                    return references;
                } catch (IOException e) {
                    passedOver.add(
                            "%s: this is not a sound jar (%s)"
                                    .formatted(jar.name(), e.getMessage()));
                }
            }
            return List.of();
        }
    }
}
