package dev.cortado.image.classpath;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** One entry of a class path, a jar or a directory, as a set of named files. */
public abstract sealed class ClassPathEntry implements Closeable {
    /** What images are made of. */
    private static final Runtime.Version RELEASE = Runtime.Version.parse("25");

    private final ClassPathElement element;

    private ClassPathEntry(ClassPathElement element) {
        this.element = element;
    }

    /**
     * @throws IOException if there is no such file, or it is not a jar
     */
    public static ClassPathEntry open(ClassPathElement element) throws IOException {
        return Files.isDirectory(element.path()) ? new Directory(element) : new Jar(element);
    }

    public final Path path() {
        return element.path();
    }

    /** What to call it when people are told of it. */
    public final String name() {
        return element.name();
    }

    /**
     * The names of all files that can be read, with slashes, sorted. In a jar for many releases, a
     * name stands for what this one finds under it (JAR specification, "Multi-release JAR Files").
     */
    public abstract List<String> names() throws IOException;

    /** The contents of the file of that name, which must be one of {@link #names}. */
    public abstract byte[] read(String name) throws IOException;

    public abstract boolean contains(String name);

    private static final class Directory extends ClassPathEntry {
        Directory(ClassPathElement element) {
            super(element);
        }

        @Override
        public List<String> names() throws IOException {
            List<String> names = new ArrayList<>();
            Files.walkFileTree(
                    path(),
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    Integer.MAX_VALUE,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile() && Files.isReadable(file)) {
                                names.add(path().relativize(file).toString().replace('\\', '/'));
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            // A class loader finds nothing there, nor in a link to itself.
                            return FileVisitResult.CONTINUE;
                        }
                    });
            names.sort(null);
            return names;
        }

        @Override
        public byte[] read(String name) throws IOException {
            return Files.readAllBytes(path().resolve(name));
        }

        @Override
        public boolean contains(String name) {
            return Files.isRegularFile(path().resolve(name));
        }

        @Override
        public void close() {
            // Nothing is kept open.
        }
    }

    private static final class Jar extends ClassPathEntry {
        private final JarFile jar;

        Jar(ClassPathElement element) throws IOException {
            super(element);
            jar = new JarFile(path().toFile(), false, ZipFile.OPEN_READ, RELEASE);
        }

        @Override
        public List<String> names() {
            return jar.versionedStream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .sorted()
                    .toList();
        }

        @Override
        public byte[] read(String name) throws IOException {
            try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
                return in.readAllBytes();
            }
        }

        @Override
        public boolean contains(String name) {
            return jar.getEntry(name) != null;
        }

        @Override
        public void close() throws IOException {
            jar.close();
        }
    }
}
