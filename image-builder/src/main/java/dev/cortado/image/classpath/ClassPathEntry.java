package dev.cortado.image.classpath;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** One entry of a class path, a jar or a directory, as a set of named files. */
public abstract sealed class ClassPathEntry implements Closeable {
    private final Path path;

    private ClassPathEntry(Path path) {
        this.path = path;
    }

    /**
     * @throws IOException if there is no such file, or it is not a jar
     */
    public static ClassPathEntry open(Path path) throws IOException {
        return Files.isDirectory(path) ? new Directory(path) : new Jar(path);
    }

    public final Path path() {
        return path;
    }

    /** The names of all files, with slashes, sorted. */
    public abstract List<String> names() throws IOException;

    /** The contents of the file of that name, which must be one of {@link #names}. */
    public abstract byte[] read(String name) throws IOException;

    public abstract boolean contains(String name);

    private static final class Directory extends ClassPathEntry {
        Directory(Path path) {
            super(path);
        }

        @Override
        public List<String> names() throws IOException {
            try (Stream<Path> files = Files.walk(path())) {
                return files.filter(Files::isRegularFile)
                        .map(file -> path().relativize(file).toString().replace('\\', '/'))
                        .sorted()
                        .toList();
            }
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
        private final ZipFile zip;

        Jar(Path path) throws IOException {
            super(path);
            zip = new ZipFile(path.toFile());
        }

        @Override
        public List<String> names() {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .sorted()
                    .toList();
        }

        @Override
        public byte[] read(String name) throws IOException {
            try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
                return in.readAllBytes();
            }
        }

        @Override
        public boolean contains(String name) {
            return zip.getEntry(name) != null;
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
