package dev.cortado.image.classpath;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar with the program's classes and its libraries in directories of their own, which Spring
 * Boot's class loader finds there (Spring Boot reference, "The Executable Jar Format"). No image
 * has such a loader, so that they are taken out before they are compiled.
 */
final class SpringBootJar {
    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";
    private static final String BOOT_ROOT = "BOOT-INF/";
    private static final String WEB_ROOT = "WEB-INF/";

    /** What makes the loader, and the file system that it offers: nobody else needs them. */
    private static final String LOADER = "org/springframework/boot/loader/";

    private static final String LOADERS_FILE_SYSTEM =
            "META-INF/services/java.nio.file.spi.FileSystemProvider";

    /** The libraries in the order of the program's class path. */
    private static final String INDEX = "BOOT-INF/classpath.idx";

    private static final Pattern INDEX_LINE = Pattern.compile("- \"(.*)\"");
    private static final Attributes.Name CLASSES_ATTRIBUTE =
            new Attributes.Name("Spring-Boot-Classes");
    private static final Attributes.Name START_CLASS = new Attributes.Name("Start-Class");

    private SpringBootJar() {}

    /**
     * Whether a file is one.
     *
     * @throws UserError if it is a web archive, which needs a server to run in
     */
    static boolean is(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return false;
        }
        try (ZipFile zip = new ZipFile(path.toFile())) {
            String classes = classes(zip);
            boolean isWebArchive =
                    classes == null
                            ? path.getFileName().toString().endsWith(".war")
                            : classes.startsWith(WEB_ROOT);
            if (isWebArchive) {
                throw new UserError(
                        ("%s is a web archive, with its classes in WEB-INF/classes: an image is"
                                        + " made of a program with a main; package it as a jar")
                                .formatted(path));
            }
            return classes != null || hasLayout(zip);
        }
    }

    /** Where the manifest says that classes are; null if it does not, or nobody can read it. */
    private static String classes(ZipFile zip) {
        try {
            return ManifestClassPath.attributes(zip).getValue(CLASSES_ATTRIBUTE);
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean hasLayout(ZipFile zip) {
        return zip.stream()
                .map(ZipEntry::getName)
                .anyMatch(name -> name.startsWith(CLASSES) || name.startsWith(LIBRARIES));
    }

    /** The class that its loader starts, if the manifest names one. */
    static Optional<String> startClass(Attributes manifest) {
        return Optional.ofNullable(manifest.getValue(START_CLASS));
    }

    /**
     * Takes out what the loader would find, in its order: what is outside the program's directory,
     * the program's classes, its libraries.
     *
     * @throws UserError if the jar is damaged
     */
    static List<ClassPathElement> unpack(ClassPathElement jar, Path directory) throws IOException {
        try {
            return parts(jar, directory);
        } catch (ZipException e) {
            throw new UserError(
                    "%s is damaged (%s): build or download it again"
                            .formatted(jar.name(), e.getMessage()),
                    e);
        }
    }

    private static List<ClassPathElement> parts(ClassPathElement jar, Path directory)
            throws IOException {
        List<ClassPathElement> elements = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.path().toFile())) {
            Path rest = directory.resolve("root.jar");
            if (copy(zip, rest, SpringBootJar::nameOutside)) {
                elements.add(new ClassPathElement(rest, jar.name()));
            }
            Path classes = directory.resolve("classes.jar");
            if (copy(zip, classes, SpringBootJar::nameOfClass)) {
                elements.add(new ClassPathElement(classes, inside(jar, CLASSES)));
            }
            for (String library : libraries(zip)) {
                String file = library.substring(LIBRARIES.length()).replace('/', '_');
                Path copy = directory.resolve(elements.size() + "-" + file);
                try (InputStream in = zip.getInputStream(zip.getEntry(library))) {
                    Files.copy(in, copy);
                }
                elements.add(new ClassPathElement(copy, inside(jar, library)));
            }
        }
        return elements;
    }

    private static String inside(ClassPathElement jar, String name) {
        return jar.name() + "!/" + name;
    }

    private static Optional<String> nameOutside(String name) {
        return name.startsWith(BOOT_ROOT)
                        || name.startsWith(LOADER)
                        || name.equals(LOADERS_FILE_SYSTEM)
                ? Optional.empty()
                : Optional.of(name);
    }

    private static Optional<String> nameOfClass(String name) {
        return name.startsWith(CLASSES)
                ? Optional.of(name.substring(CLASSES.length()))
                : Optional.empty();
    }

    /** First those of the index, then what it does not name. */
    private static Set<String> libraries(ZipFile zip) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        ZipEntry index = zip.getEntry(INDEX);
        if (index != null) {
            try (InputStream in = zip.getInputStream(index)) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(INDEX_LINE::matcher)
                        .filter(line -> line.matches())
                        .map(line -> line.group(1))
                        .filter(name -> isLibrary(zip, name))
                        .forEach(names::add);
            }
        }
        zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> isLibrary(zip, name))
                .forEach(names::add);
        return names;
    }

    private static boolean isLibrary(ZipFile zip, String name) {
        return name.startsWith(LIBRARIES) && name.endsWith(".jar") && zip.getEntry(name) != null;
    }

    /**
     * Copies entries under other names.
     *
     * @param names the new name; none leaves the entry out
     * @return whether there are any files
     */
    private static boolean copy(ZipFile zip, Path to, Function<String, Optional<String>> names)
            throws IOException {
        Set<String> written = new HashSet<>();
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            out.setMethod(ZipOutputStream.DEFLATED);
            out.setLevel(0);
            for (ZipEntry entry : entries(zip)) {
                Optional<String> name = names.apply(entry.getName());
                if (name.isPresent() && written.add(name.get())) {
                    ZipEntry copied = new ZipEntry(name.get());
                    // The same bytes every time.
                    copied.setLastModifiedTime(FileTime.fromMillis(0));
                    out.putNextEntry(copied);
                    try (InputStream in = zip.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                }
            }
        }
        return !written.isEmpty();
    }

    private static List<? extends ZipEntry> entries(ZipFile zip) {
        Stream<? extends ZipEntry> files = zip.stream().filter(entry -> !entry.isDirectory());
        return files.toList();
    }
}
