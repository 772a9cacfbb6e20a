package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.compile.Optimization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which image to build from what. {@link #of} gives a request with the usual settings; the {@code
 * with} methods change one each.
 *
 * @param classPath the program's jars and directories
 * @param mainClass name of the class whose {@code main} the image runs
 * @param artifacts the image files to write, at least one, all in one directory; their {@code
 *     .debug} and {@code .sizes.json} files go beside them, and for Xen a {@code .cfg}
 * @param name the image's name, as the manifest shows it
 * @param optimization what the compiler should strive for
 * @param defines system properties that are set while the compiler initializes classes
 * @param compilerArguments options for the compiler, as for the {@code native-image} command
 * @param jdk the JDK to compile with; none to look for one
 * @param ignoreNativeCode whether native libraries and methods on the class path are only warned of
 */
public record BuildRequest(
        List<Path> classPath,
        String mainClass,
        List<Artifact> artifacts,
        String name,
        Optimization optimization,
        Map<String, String> defines,
        List<String> compilerArguments,
        Optional<Path> jdk,
        boolean ignoreNativeCode) {

    public BuildRequest {
        classPath = List.copyOf(classPath);
        artifacts = List.copyOf(artifacts);
        defines = new TreeMap<>(defines);
        compilerArguments = List.copyOf(compilerArguments);
    }

    /** A request with the usual settings: for QEMU; the image is named after its file. */
    public static BuildRequest of(List<Path> classPath, String mainClass, Path output) {
        return new BuildRequest(
                classPath,
                mainClass,
                List.of(new Artifact(Target.QEMU, output)),
                output.getFileName().toString(),
                Optimization.SIZE,
                Map.of(),
                List.of(),
                Optional.empty(),
                false);
    }

    public BuildRequest withName(String newName) {
        return new BuildRequest(
                classPath,
                mainClass,
                artifacts,
                newName,
                optimization,
                defines,
                compilerArguments,
                jdk,
                ignoreNativeCode);
    }

    public BuildRequest withOptimization(Optimization newOptimization) {
        return new BuildRequest(
                classPath,
                mainClass,
                artifacts,
                name,
                newOptimization,
                defines,
                compilerArguments,
                jdk,
                ignoreNativeCode);
    }

    public BuildRequest withDefines(Map<String, String> newDefines) {
        return new BuildRequest(
                classPath,
                mainClass,
                artifacts,
                name,
                optimization,
                newDefines,
                compilerArguments,
                jdk,
                ignoreNativeCode);
    }

    public BuildRequest withCompilerArguments(List<String> newArguments) {
        return new BuildRequest(
                classPath,
                mainClass,
                artifacts,
                name,
                optimization,
                defines,
                newArguments,
                jdk,
                ignoreNativeCode);
    }

    public BuildRequest withJdk(Path newJdk) {
        return new BuildRequest(
                classPath,
                mainClass,
                artifacts,
                name,
                optimization,
                defines,
                compilerArguments,
                Optional.of(newJdk),
                ignoreNativeCode);
    }

    public BuildRequest withArtifacts(List<Artifact> newArtifacts) {
        return new BuildRequest(
                classPath,
                mainClass,
                newArtifacts,
                name,
                optimization,
                defines,
                compilerArguments,
                jdk,
                ignoreNativeCode);
    }

    public BuildRequest withIgnoreNativeCode(boolean ignore) {
        return new BuildRequest(
                classPath,
                mainClass,
                artifacts,
                name,
                optimization,
                defines,
                compilerArguments,
                jdk,
                ignore);
    }
}
