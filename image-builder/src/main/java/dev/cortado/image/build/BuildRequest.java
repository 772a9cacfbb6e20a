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
 * @param output the image file to write; its {@code .debug} and {@code .sizes.json} files go beside
 *     it
 * @param name the image's name, as the manifest shows it
 * @param optimization what the compiler should strive for
 * @param defines system properties that are set while the compiler initializes classes
 * @param compilerArguments options for the compiler, as for the {@code native-image} command
 * @param jdk the JDK to compile with; none to look for one
 * @param target what kind of machine the image is for
 * @param ignoreNativeCode whether native libraries and methods on the class path are only warned of
 */
public record BuildRequest(
        List<Path> classPath,
        String mainClass,
        Path output,
        String name,
        Optimization optimization,
        Map<String, String> defines,
        List<String> compilerArguments,
        Optional<Path> jdk,
        Target target,
        boolean ignoreNativeCode) {

    public BuildRequest {
        classPath = List.copyOf(classPath);
        defines = new TreeMap<>(defines);
        compilerArguments = List.copyOf(compilerArguments);
    }

    /** A request with the usual settings; the image is named after its file. */
    public static BuildRequest of(List<Path> classPath, String mainClass, Path output) {
        return new BuildRequest(
                classPath,
                mainClass,
                output,
                output.getFileName().toString(),
                Optimization.SIZE,
                Map.of(),
                List.of(),
                Optional.empty(),
                Target.QEMU,
                false);
    }

    public BuildRequest withName(String newName) {
        return new BuildRequest(
                classPath,
                mainClass,
                output,
                newName,
                optimization,
                defines,
                compilerArguments,
                jdk,
                target,
                ignoreNativeCode);
    }

    public BuildRequest withOptimization(Optimization newOptimization) {
        return new BuildRequest(
                classPath,
                mainClass,
                output,
                name,
                newOptimization,
                defines,
                compilerArguments,
                jdk,
                target,
                ignoreNativeCode);
    }

    public BuildRequest withDefines(Map<String, String> newDefines) {
        return new BuildRequest(
                classPath,
                mainClass,
                output,
                name,
                optimization,
                newDefines,
                compilerArguments,
                jdk,
                target,
                ignoreNativeCode);
    }

    public BuildRequest withCompilerArguments(List<String> newArguments) {
        return new BuildRequest(
                classPath,
                mainClass,
                output,
                name,
                optimization,
                defines,
                newArguments,
                jdk,
                target,
                ignoreNativeCode);
    }

    public BuildRequest withJdk(Path newJdk) {
        return new BuildRequest(
                classPath,
                mainClass,
                output,
                name,
                optimization,
                defines,
                compilerArguments,
                Optional.of(newJdk),
                target,
                ignoreNativeCode);
    }

    public BuildRequest withTarget(Target newTarget) {
        return new BuildRequest(
                classPath,
                mainClass,
                output,
                name,
                optimization,
                defines,
                compilerArguments,
                jdk,
                newTarget,
                ignoreNativeCode);
    }

    public BuildRequest withIgnoreNativeCode(boolean ignore) {
        return new BuildRequest(
                classPath,
                mainClass,
                output,
                name,
                optimization,
                defines,
                compilerArguments,
                jdk,
                target,
                ignore);
    }
}
