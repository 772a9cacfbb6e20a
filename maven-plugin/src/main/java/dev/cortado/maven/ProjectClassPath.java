package dev.cortado.maven;

import dev.cortado.image.UserError;
import dev.cortado.image.classpath.ProgramJar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.project.MavenProject;

/** The class path that a program has at run time: the project itself and its dependencies. */
record ProjectClassPath(MavenProject project) {
    /** The directory with the project's own classes. */
    Path classes() {
        return Path.of(project.getBuild().getOutputDirectory());
    }

    /**
     * The project's jar, if there is one (yet): that of this session, or one of an earlier session
     * that is not older than any class.
     */
    Optional<Path> jar() {
        File jar = project.getArtifact() == null ? null : project.getArtifact().getFile();
        return Optional.ofNullable(jar).filter(File::isFile).map(File::toPath).or(this::earlierJar);
    }

    private Optional<Path> earlierJar() {
        String directory = project.getBuild().getDirectory();
        if (directory == null) {
            return Optional.empty();
        }
        Path jar = Path.of(directory, project.getBuild().getFinalName() + ".jar");
        if (!Files.isRegularFile(jar) || !Files.isDirectory(classes())) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(classes())) {
            FileTime made = Files.getLastModifiedTime(jar);
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
                    return Optional.empty();
                }
            }
            return Optional.of(jar);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The project's jar, or its classes where there is no jar (yet), and the jars it depends on, in
     * Maven's order. A jar that Spring Boot's plugin has repackaged has those in itself.
     */
    List<Path> entries() {
        List<Path> entries = new ArrayList<>();
        Path own = own();
        entries.add(own);
        if (!Files.isDirectory(own) && ProgramJar.hasLibraries(own)) {
            return entries;
        }
        try {
            project.getRuntimeClasspathElements().stream()
                    .map(Path::of)
                    .filter(entry -> !entry.equals(classes()))
                    .forEach(entries::add);
        } catch (DependencyResolutionRequiredException e) {
            throw new UserError("the project's dependencies are not resolved: " + e.getMessage());
        }
        return entries;
    }

    private Path own() {
        return jar().orElseGet(() -> {
            if (!Files.isDirectory(classes())) {
                throw new UserError(
                        "there are no classes in " + classes() + ": compile the project first");
            }
            return classes();
        });
    }
}
