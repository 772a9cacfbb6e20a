package dev.cortado.image.cli;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * A jar that can be started by itself.
 *
 * @param classPath the jar and those that its manifest refers to
 * @param mainClass the main class that its manifest names
 */
record ProgramJar(List<Path> classPath, Optional<String> mainClass) {

    /**
     * @throws UserError if it is not a jar
     */
    static ProgramJar read(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            Attributes attributes =
                    manifest == null ? new Attributes() : manifest.getMainAttributes();
            List<Path> paths = new ArrayList<>(List.of(jar));
            String more = attributes.getValue(Attributes.Name.CLASS_PATH);
            // JAR specification, "Class-Path Attribute": relative URLs with spaces between them.
            for (String url : more == null ? new String[0] : more.strip().split(" +")) {
                paths.add(Path.of(jar.toAbsolutePath().toUri().resolve(URI.create(url))));
            }
            return new ProgramJar(
                    paths, Optional.ofNullable(attributes.getValue(Attributes.Name.MAIN_CLASS)));
        } catch (IOException e) {
            throw new UserError(
                    "%s is not a jar that can be read (%s): build it first, or correct its name"
                            .formatted(jar, e.getMessage()),
                    e);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "the Class-Path in the manifest of %s is malformed (%s): correct it, or use"
                                    .formatted(jar, e.getMessage())
                            + " --class-path and --main-class",
                    e);
        }
    }
}
