package dev.cortado.runtime.jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** The files of the JDK's modules, while an image is built. */
@Platforms(Platform.HOSTED_ONLY.class)
final class JdkModules {
    private static final String CLASS = ".class";

    private JdkModules() {}

    /**
     * Paths within the module of the files in a package; none if the module has no such package.
     */
    static List<String> files(String module, String packageName) {
        Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", module);
        Path directory = root.resolve(packageName.replace('.', '/'));
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of the classes in a package. */
    static List<String> classes(String module, String packageName) {
        return files(module, packageName).stream()
                .filter(file -> file.endsWith(CLASS) && !file.endsWith("package-info.class"))
                .map(file -> file.substring(0, file.length() - CLASS.length()).replace('/', '.'))
                .toList();
    }
}
