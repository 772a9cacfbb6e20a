package dev.cortado.image.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Compiles programs for tests. */
public final class Compiled {
    private static final String NAME = "(?s).*?\\b(?:class|interface|enum|record) (\\w+).*";

    private Compiled() {}

    /** Compiles sources, each starting with {@code package p;}, into {@code directory}. */
    public static Path classes(Path directory, String... sources) throws IOException {
        Files.createDirectories(directory);
        Path work = Files.createTempDirectory("sources");
        try {
            Path[] files = new Path[sources.length];
            for (int i = 0; i < sources.length; i++) {
                // The class's name is the word after "class" or the like.
                String name = sources[i].replaceFirst(NAME, "$1");
                files[i] = Files.writeString(work.resolve(name + ".java"), sources[i]);
            }
            compile(directory, files);
        } finally {
            try (Stream<Path> left = Files.list(work)) {
                left.forEach(file -> file.toFile().delete());
            }
            Files.delete(work);
        }
        return directory;
    }

    private static void compile(Path directory, Path[] files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", directory.toString(), "-g");
            var units = manager.getJavaFileObjects(files);
            if (!compiler.getTask(null, manager, null, options, null, units).call()) {
                throw new IOException("the test's program does not compile");
            }
        }
    }

    /** Puts all files of a directory into a jar. */
    public static Path jar(Path jar, Path directory) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }
}
