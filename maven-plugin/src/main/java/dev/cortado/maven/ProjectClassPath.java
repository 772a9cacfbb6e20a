package dev.cortado.maven;

import dev.cortado.image.UserError;
import dev.cortado.image.classpath.ProgramJar;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.project.MavenProject;

/** The class path that a program has at run time: the project itself and its dependencies. */
record ProjectClassPath(MavenProject project) {
    /** The directory with the project's own classes. */
    Path classes() {
        return Path.of(project.getBuild().getOutputDirectory());
    }

    /** The project's jar, if there is one (yet). */
    Optional<Path> jar() {
        File jar = project.getArtifact() == null ? null : project.getArtifact().getFile();
        return Optional.ofNullable(jar).filter(File::isFile).map(File::toPath);
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
