package dev.cortado.image.preflight;

import dev.cortado.image.classpath.ClassPath;
import java.nio.file.Path;
import java.util.List;

/**
 * What to look at before compiling.
 *
 * @param classPath the program's jars and directories
 * @param guest the guest's jars, which replace native methods
 * @param mainClass name of the main class
 * @param ignoreNativeCode whether the main class may have native methods
 */
public record PreflightRequest(
        ClassPath classPath, List<Path> guest, String mainClass, boolean ignoreNativeCode) {
    public PreflightRequest {
        guest = List.copyOf(guest);
    }
}
