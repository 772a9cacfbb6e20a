package dev.cortado.image.metadata;

import dev.cortado.image.classpath.ClassPathElement;
import dev.cortado.image.classpath.ClassPathEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a class path's libraries beside what they say of themselves.
 *
 * @param added a directory that has it as a library would, for the class path
 * @param overridden the elements whose own metadata do not count
 */
public record LibraryMetadata(Optional<ClassPathElement> added, List<ClassPathElement> overridden) {
    /** org.graalvm.buildtools:graalvm-reachability-metadata, with classifier "repository". */
    private static final String REPOSITORY = "reachability-metadata.zip";

    public LibraryMetadata {
        overridden = List.copyOf(overridden);
    }

    /** Nothing. */
    public static LibraryMetadata none() {
        return new LibraryMetadata(Optional.empty(), List.of());
    }

    /**
     * Looks a class path's libraries up.
     *
     * @param work a directory for what is found
     */
    public static LibraryMetadata of(List<ClassPathElement> classPath, Path work)
            throws IOException {
        Path zip = work.resolve(REPOSITORY);
        try (InputStream resource = LibraryMetadata.class.getResourceAsStream(REPOSITORY)) {
            if (resource == null) {
                throw new IOException("this installation of Cortado lacks " + REPOSITORY);
            }
            Files.copy(resource, zip);
        }
        try (MetadataRepository repository = new MetadataRepository(zip)) {
            return of(classPath, work.resolve("metadata"), repository);
        } finally {
            Files.delete(zip);
        }
    }

    static LibraryMetadata of(
            List<ClassPathElement> classPath, Path directory, MetadataRepository repository)
            throws IOException {
        List<ClassPathElement> overridden = new ArrayList<>();
        Path own = directory.resolve("META-INF/native-image/libraries");
        int count = 0;
        for (ClassPathElement element : classPath) {
            try (ClassPathEntry entry = ClassPathEntry.open(element)) {
                for (Library library : LibraryNames.in(entry, repository.modules())) {
                    for (MetadataRepository.Metadata metadata : repository.find(library)) {
                        write(metadata.files(), own.resolve(Integer.toString(count++)));
                        if (metadata.overrides()) {
                            overridden.add(element);
                        }
                    }
                }
            }
        }
        ClassPathElement added = new ClassPathElement(directory, "the metadata of libraries");
        return count > 0 ? new LibraryMetadata(Optional.of(added), overridden) : none();
    }

    /** Those of a class path's elements whose own metadata count. */
    public List<ClassPathElement> speaking(List<ClassPathElement> classPath) {
        return classPath.stream().filter(element -> !overridden.contains(element)).toList();
    }

    private static void write(Map<String, byte[]> files, Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
    }
}
