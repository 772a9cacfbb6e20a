package dev.cortado.image.compile;

import dev.cortado.boot.layout.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * What to compile, and with what.
 *
 * @param jdk the JDK whose classes go into the image, and which runs the compiler
 * @param compilerJars GraalVM's builder and what it depends on
 * @param overlay the jar with our replacements of classes of the builder
 * @param platform name of the platform class
 * @param classPath the program's and the guest's jars and directories
 * @param mainClass name of the main class
 * @param imageName name of the image, which becomes part of the object
 * @param optimization what to strive for
 * @param target what kind of machine the image is for
 * @param jvmArguments for the JVM that runs the compiler, such as {@code -Da=b}
 * @param arguments for the compiler, in the builder's own notation ({@code -H:...})
 * @param imageId identifies the image; the same for the same inputs
 * @param threads how many to compile with; with one, all work is done in the same order each time
 * @param heapBytes the most that the compiler's Java heap may have
 * @param workDirectory an empty directory to work in; all results are left there
 */
public record CompileRequest(
        Jdk jdk,
        List<Path> compilerJars,
        Path overlay,
        String platform,
        List<Path> classPath,
        String mainClass,
        String imageName,
        Optimization optimization,
        Target target,
        List<String> jvmArguments,
        List<String> arguments,
        UUID imageId,
        int threads,
        long heapBytes,
        Path workDirectory) {

    public CompileRequest {
        compilerJars = List.copyOf(compilerJars);
        classPath = List.copyOf(classPath);
        jvmArguments = List.copyOf(jvmArguments);
        arguments = List.copyOf(arguments);
    }
}
