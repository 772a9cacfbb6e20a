package dev.cortado.maven;

import dev.cortado.image.build.BuildReport;
import dev.cortado.image.build.FormatReport;
import dev.cortado.image.format.OutputFormat;
import java.nio.file.Path;
import java.util.List;
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
     * What else to make of the images that it fits, beside them, for programs that import such
     * files: {@code qcow2}, {@code vmdk}, {@code vmdk-stream}, {@code vhd}, {@code vhd-fixed},
     * {@code vhdx}, {@code iso}, {@code ova}, {@code ova-2}, {@code vmx}, {@code xva}, {@code
     * oracle-vm}, {@code libvirt}, {@code firecracker}, {@code containerdisk}, {@code kernelboot},
     * {@code raw}. Disks and machines are made of those images that are disks.
     */
    @Parameter(property = "cortado.formats")
    private List<String> formats;

    /**
     * Attaches the images to the project, with the target as classifier, so that {@code install}
     * and {@code deploy} put them into repositories; and what is made of them, with the format
     * behind the target.
     */
    @Parameter(property = "cortado.attach", defaultValue = "true")
    private boolean attach;

    @Component private MavenProjectHelper projects;

    @Override
    void perform() {
        if (!isProgram()) {
            return;
        }
        List<String> words = formats == null ? List.of() : formats;
        List<OutputFormat> asked = words.stream().map(OutputFormat::parse).toList();
        List<BuildReport> reports = build(asked, choices());
        if (attach) {
            reports.forEach(this::attach);
        }
    }

    private void attach(BuildReport report) {
        String classifier = report.artifact().classifier();
        attach(report.artifact().image(), classifier);
        for (FormatReport made : report.formats()) {
            attach(made.file(), classifier + "-" + made.format().word());
        }
    }

    private void attach(Path file, String classifier) {
        String name = file.getFileName().toString();
        String type = name.substring(name.lastIndexOf('.') + 1);
        boolean known =
                project.getAttachedArtifacts().stream()
                        .anyMatch(each -> classifier.equals(each.getClassifier()));
        if (!known) {
            projects.attachArtifact(project, type, classifier, file.toFile());
        }
    }
}
