package dev.cortado.maven;

import dev.cortado.image.UserError;
import dev.cortado.image.build.BuildReport;
import dev.cortado.image.build.BuildRequest;
import dev.cortado.image.build.ImageBuild;
import dev.cortado.image.compile.Optimization;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Compiles the project and what it depends on into guest images that boot on a hypervisor, one for
 * each target. Does nothing when no input has changed since the last time.
 */
@Mojo(
        name = "image",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class ImageMojo extends AbstractImageMojo {
    /**
     * Name of the class whose {@code main} the image runs. Without it, the main class of the jar's
     * manifest (maven-jar-plugin, spring-boot-maven-plugin) is taken, or the only class of the
     * project that has a main.
     */
    @Parameter(property = "cortado.mainClass")
    private String mainClass;

    /** The image's name, as its manifest shows it. */
    @Parameter(property = "cortado.name", defaultValue = "${project.artifactId}", required = true)
    private String name;

    /**
     * What the compiler strives for: {@code size}, {@code speed}, or {@code build} for the shortest
     * compile.
     */
    @Parameter(property = "cortado.optimization", defaultValue = "size")
    private String optimization;

    /** System properties that are set while the compiler initializes classes. */
    @Parameter private Map<String, String> defines;

    /**
     * More arguments for the compiler, in native-image's notation, such as {@code
     * --initialize-at-build-time=com.example}. Those in {@code META-INF/native-image} of the
     * project and of its dependencies are honoured anyway.
     */
    @Parameter(property = "cortado.compilerArguments")
    private List<String> compilerArguments;

    /** The JDK 25 to compile with. Without it, the one that runs Maven, or one that is found. */
    @Parameter(property = "cortado.jdk")
    private File jdk;

    /**
     * Goes on although the main class has native methods. Calls of them fail in the guest, as those
     * of libraries do, of which a build only warns.
     */
    @Parameter(property = "cortado.ignoreNativeCode", defaultValue = "false")
    private boolean ignoreNativeCode;

    /** Shows what the compiler prints. */
    @Parameter(property = "cortado.verbose", defaultValue = "false")
    private boolean verbose;

    @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
    private List<Artifact> pluginArtifacts;

    @Override
    void perform() {
        ProjectClassPath classPath = new ProjectClassPath(project);
        BuildRequest.Builder request =
                BuildRequest.of(classPath.entries(), mainClass(classPath), image.toPath())
                        .artifacts(artifacts())
                        .name(name)
                        .optimization(optimization())
                        .ignoreNativeCode(ignoreNativeCode)
                        .defines(defines == null ? Map.of() : defines)
                        .compilerArguments(
                                compilerArguments == null ? List.of() : compilerArguments);
        if (jdk != null) {
            request.jdk(jdk.toPath());
        }
        try (LogProgress progress = new LogProgress(getLog(), verbose)) {
            new ImageBuild(PluginToolchain.of(pluginArtifacts), progress)
                    .build(request.build()).stream()
                            .map(ImageMojo::describe)
                            .forEach(getLog()::info);
        }
    }

    private String mainClass(ProjectClassPath classPath) {
        return mainClass == null || mainClass.isBlank()
                ? MainClassSearch.find(project, classPath)
                : mainClass.strip();
    }

    private Optimization optimization() {
        try {
            return Optimization.valueOf(optimization.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "optimization is '" + optimization + "': set it to size, speed or build");
        }
    }

    private static String describe(BuildReport report) {
        Path image = report.artifact().image();
        return report.upToDate()
                ? image + " is up to date"
                : String.format(
                        Locale.ROOT,
                        "%s: %.1f MB, built in %d s",
                        image,
                        report.imageBytes() / 1e6,
                        report.elapsed().toSeconds());
    }
}
