package dev.cortado.image.classpath;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.zip.ZipFile;

/** A jar that can be started by itself. */
public final class ProgramJar {
    private ProgramJar() {}

    /**
     * Whether it brings all its libraries with it, as Spring Boot's do.
     *
     * @throws UserError if it is not a jar, or one that no image can be made of
     */
    public static boolean hasLibraries(Path jar) {
        try {
            return SpringBootJar.is(jar);
        } catch (IOException e) {
            throw unreadable(jar, e);
        }
    }

    /**
     * The main class that its manifest names; of one of Spring Boot's, the program's and not the
     * loader's.
     *
     * @throws UserError if it is not a jar, or one that no image can be made of
     */
    public static Optional<String> mainClass(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Attributes manifest = ManifestClassPath.attributes(zip);
            Optional<String> main =
                    SpringBootJar.is(jar)
                            ? SpringBootJar.startClass(manifest)
                            : Optional.ofNullable(manifest.getValue(Attributes.Name.MAIN_CLASS));
            return main.map(String::strip);
        } catch (IOException e) {
            throw unreadable(jar, e);
        }
    }

    private static UserError unreadable(Path jar, IOException e) {
        return new UserError(
                "%s is not a jar that can be read (%s): build it first, or correct its name"
                        .formatted(jar, e.getMessage()),
                e);
    }
}
