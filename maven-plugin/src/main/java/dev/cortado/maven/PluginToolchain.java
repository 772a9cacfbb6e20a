package dev.cortado.maven;

import dev.cortado.image.UserError;
import dev.cortado.image.build.Toolchain;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.maven.artifact.Artifact;

/** Sorts the jars that this plugin depends on into those an image build works with. */
final class PluginToolchain {
    private static final String COMPILER_GROUP = "org.graalvm";
    private static final String CORTADO_GROUP = "dev.cortado";
    private static final Set<String> GUEST_MODULES =
            Set.of("cortado-boot", "cortado-microkernel", "cortado-drivers", "cortado-runtime");

    private PluginToolchain() {}

    /**
     * @throws UserError if some are missing, as when a pom excludes them
     */
    static Toolchain of(Collection<Artifact> artifacts) {
        List<Path> compiler =
                jars(
                        artifacts,
                        artifact ->
                                artifact.getGroupId().equals(COMPILER_GROUP)
                                        || artifact.getGroupId().startsWith(COMPILER_GROUP + "."));
        List<Path> overlay =
                jars(
                        artifacts,
                        artifact ->
                                artifact.getGroupId().equals(CORTADO_GROUP)
                                        && "overlay".equals(artifact.getClassifier()));
        List<Path> guest =
                jars(
                        artifacts,
                        artifact ->
                                artifact.getGroupId().equals(CORTADO_GROUP)
                                        && GUEST_MODULES.contains(artifact.getArtifactId()));
        if (compiler.isEmpty() || overlay.isEmpty() || guest.size() < GUEST_MODULES.size()) {
            throw new UserError(
                    "dependencies of cortado-maven-plugin are missing: remove exclusions for it"
                            + " from the pom");
        }
        return new Toolchain(compiler, overlay.getFirst(), guest);
    }

    /** Sorted by file name: the order of a class path must not depend on Maven's resolution. */
    private static List<Path> jars(Collection<Artifact> artifacts, Predicate<Artifact> wanted) {
        return artifacts.stream()
                .filter(wanted)
                .map(artifact -> artifact.getFile().toPath())
                .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                .toList();
    }
}
