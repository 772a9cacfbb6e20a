package dev.cortado.maven;

import dev.cortado.image.UserError;
import dev.cortado.image.build.Artifact;
import dev.cortado.image.build.TargetChoice;
import dev.cortado.image.run.HypervisorName;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What all goals share: the project, its image file, and how errors are told. */
abstract class AbstractImageMojo extends AbstractMojo {
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    /**
     * The image file for QEMU. Its {@code .debug} and {@code .sizes.json} files are written beside
     * it, and so are the images for other targets, with the target in their names: {@code
     * app-xen-pvh.elf} beside {@code app.elf}.
     */
    @Parameter(
            property = "cortado.image",
            defaultValue = "${project.build.directory}/${project.artifactId}.elf",
            required = true)
    File image;

    /**
     * The kinds of machine that the project is for: {@code qemu}, {@code xen-pvh}, {@code xen-pv},
     * {@code xen-hvm}, {@code bzimage}, {@code bare}, {@code vmware}, {@code hyperv}. Each gets an
     * image of its own; for Xen, a configuration for {@code xl} is written beside it, and not
     * replaced once somebody has edited it. Or products: {@code xenserver}, {@code oracle-vm},
     * {@code firecracker}, {@code kubevirt}, {@code libvirt}, which are such a target and one of
     * the {@code formats} of {@code cortado:image}.
     */
    @Parameter(property = "cortado.targets", defaultValue = "qemu")
    private List<String> targets;

    /** Of several targets, the one that is to be run or inspected. */
    @Parameter(property = "cortado.target")
    private String target;

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
            throw new MojoFailureException(MavenWords.of(e.getMessage()), e);
        }
    }

    /**
     * Does the goal's work.
     *
     * @throws UserError if something is wrong that the user can mend
     */
    abstract void perform() throws MojoFailureException;

    /** What the project is for, as the configuration has it. */
    final List<TargetChoice> choices() {
        return targets.stream().filter(word -> !word.isBlank()).map(TargetChoice::parse).toList();
    }

    /** The images that the project is built into; at least one. */
    final List<Artifact> artifacts() {
        return Artifact.ofProject(image.toPath(), TargetChoice.targets(choices()));
    }

    /**
     * Those of them that are for a hypervisor and a target, of which either may be left open.
     *
     * @throws UserError if there are none
     */
    final List<Artifact> artifacts(Optional<HypervisorName> on) {
        List<Artifact> found =
                artifacts().stream()
                        .filter(each -> on.isEmpty() || on.get().runs(each))
                        .filter(each -> target == null || each.isFor(target))
                        .toList();
        if (found.isEmpty()) {
            throw new UserError(
                    "the project is built for %s only: change targets, or choose another with"
                                    .formatted(String.join(", ", targets))
                            + " -Dcortado.on and -Dcortado.target");
        }
        return found;
    }

    /** The image file of an artifact, which an earlier {@code image} goal has to have made. */
    static Path existingImage(Artifact artifact) {
        Path path = artifact.image();
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
