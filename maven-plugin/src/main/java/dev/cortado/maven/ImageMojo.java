package dev.cortado.maven;

import dev.cortado.image.build.Artifact;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProjectHelper;

/**
 * Compiles the project and what it depends on into guest images that boot on a hypervisor, one for
 * each target. Does nothing when no input has changed since the last time, and nothing in modules
 * of packaging {@code pom} and in libraries of a reactor.
 */
@Mojo(
        name = "image",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class ImageMojo extends AbstractBuildMojo {
    /**
     * Attaches the images to the project, with the target as classifier, so that {@code install}
     * and {@code deploy} put them into repositories.
     */
    @Parameter(property = "cortado.attach", defaultValue = "true")
    private boolean attach;

    @Component private MavenProjectHelper projects;

    @Override
    void perform() {
        if (!isProgram()) {
            return;
        }
        build();
        if (attach) {
            artifacts().forEach(this::attach);
        }
    }

    private void attach(Artifact artifact) {
        String name = artifact.image().getFileName().toString();
        String type = name.substring(name.lastIndexOf('.') + 1);
        String classifier = artifact.classifier();
        boolean known =
                project.getAttachedArtifacts().stream()
                        .anyMatch(each -> classifier.equals(each.getClassifier()));
        if (!known) {
            projects.attachArtifact(project, type, classifier, artifact.image().toFile());
        }
    }
}
