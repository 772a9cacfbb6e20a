package dev.cortado.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.image.UserError;
import dev.cortado.image.build.Toolchain;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.junit.jupiter.api.Test;

final class PluginToolchainTest {
    private static final List<Artifact> ALL =
            List.of(
                    artifact("org.graalvm.nativeimage", "svm", null),
                    artifact("dev.cortado", "cortado-runtime", null),
                    artifact("org.graalvm.compiler", "compiler", null),
                    artifact("dev.cortado", "cortado-image-builder", null),
                    artifact("dev.cortado", "cortado-image-builder", "overlay"),
                    artifact("org.ow2.asm", "asm", null),
                    artifact("dev.cortado", "cortado-microkernel", null),
                    artifact("dev.cortado", "cortado-boot", null),
                    artifact("org.graalvmish", "other", null),
                    artifact("dev.cortado", "cortado-drivers", null));

    @Test
    void sortsThePluginsDependencies() {
        Toolchain toolchain = PluginToolchain.of(ALL);
        assertEquals(List.of(Path.of("compiler.jar"), Path.of("svm.jar")), toolchain.compiler());
        assertEquals(Path.of("cortado-image-builder-overlay.jar"), toolchain.overlay());
        assertEquals(
                List.of(
                        Path.of("cortado-boot.jar"),
                        Path.of("cortado-drivers.jar"),
                        Path.of("cortado-microkernel.jar"),
                        Path.of("cortado-runtime.jar")),
                toolchain.guest());
    }

    @Test
    void noticesWhatIsMissing() {
        for (int missing : new int[] {1, 4, 6, 7, 9}) {
            List<Artifact> some = new ArrayList<>(ALL);
            some.remove(missing);
            assertThrows(UserError.class, () -> PluginToolchain.of(some));
        }
    }

    private static Artifact artifact(String group, String name, String classifier) {
        DefaultArtifact artifact =
                new DefaultArtifact(
                        group,
                        name,
                        "1",
                        "runtime",
                        "jar",
                        classifier,
                        new DefaultArtifactHandler("jar"));
        artifact.setFile(
                new File(classifier == null ? name + ".jar" : name + "-" + classifier + ".jar"));
        return artifact;
    }
}
