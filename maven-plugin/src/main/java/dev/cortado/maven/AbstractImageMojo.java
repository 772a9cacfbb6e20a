package dev.cortado.maven;

import dev.cortado.image.UserError;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What all goals share: the project, its image file, and how errors are told. */
abstract class AbstractImageMojo extends AbstractMojo {
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    /** The image file. Its {@code .debug} and {@code .sizes.json} files are written beside it. */
    @Parameter(
            property = "cortado.image",
            defaultValue = "${project.build.directory}/${project.artifactId}.elf",
            required = true)
    File image;

    /** Leaves the goal out. */
    @Parameter(property = "cortado.skip", defaultValue = "false")
    boolean skip;

    @Override
    public final void execute() throws MojoFailureException {
        if (skip) {
            getLog().info("Cortado is skipped");
            return;
        }
        try {
            perform();
        } catch (UserError e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
    }

    /**
     * Does the goal's work.
     *
     * @throws UserError if something is wrong that the user can mend
     */
    abstract void perform() throws MojoFailureException;

    /** The image file, which an earlier {@code image} goal has to have made. */
    final Path existingImage() {
        Path path = image.toPath();
        if (!Files.isRegularFile(path)) {
            throw new UserError(
                    "there is no image at "
                            + path
                            + ": build it first, with mvn package and the goal image of"
                            + " cortado-maven-plugin in the pom, or with mvn package"
                            + " cortado:image");
        }
        return path;
    }
}
