package dev.cortado.image.build;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars a build works with besides the program's own.
 *
 * @param compiler GraalVM's native-image builder and all it depends on: {@code
 *     org.graalvm.nativeimage:svm} with its transitive dependencies
 * @param overlay the image builder's artifact with classifier {@code overlay}
 * @param guest what goes onto the class path of every image: boot, microkernel, drivers, runtime
 */
public record Toolchain(List<Path> compiler, Path overlay, List<Path> guest) {
    public Toolchain {
        compiler = List.copyOf(compiler);
        guest = List.copyOf(guest);
    }

    /**
     * The toolchain of the distribution that this class was loaded from: the directories {@code
     * compiler}, {@code overlay} and {@code guest} beside its jar.
     *
     * @throws UserError if it was not loaded from a distribution
     */
    public static Toolchain ofDistribution() {
        CodeSource source = Toolchain.class.getProtectionDomain().getCodeSource();
        try {
            return in(Path.of(source.getLocation().toURI()).getParent());
        } catch (URISyntaxException e) {
            throw new UserError("Cortado is in a place that is not a directory: " + source, e);
        }
    }

    /**
     * The toolchain in the directories {@code compiler}, {@code overlay} and {@code guest} of
     * {@code lib}.
     *
     * @throws UserError if one is missing or empty
     */
    public static Toolchain in(Path lib) {
        return new Toolchain(
                jars(lib.resolve("compiler")),
                jars(lib.resolve("overlay")).getFirst(),
                jars(lib.resolve("guest")));
    }

    private static List<Path> jars(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            // Sorted: the order of a class path must not depend on the file system's.
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
            if (!jars.isEmpty()) {
                return jars;
            }
        } catch (IOException e) {
            throw incomplete(directory, e);
        }
        throw incomplete(directory, null);
    }

    private static UserError incomplete(Path directory, IOException cause) {
        return new UserError(
                "this installation of Cortado lacks the jars in %s: install it again"
                        .formatted(directory),
                cause);
    }
}
