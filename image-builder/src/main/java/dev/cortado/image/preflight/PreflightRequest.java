package dev.cortado.image.preflight;

import java.nio.file.Path;
import java.util.List;

/**
 * What to look at before compiling.
 *
 * @param classPath the program's jars and directories
 * @param guest the guest's jars, which replace native methods
 * @param mainClass name of the main class
 * @param ignoreNativeCode whether native code is to be warned of only
 */
public record PreflightRequest(
        List<Path> classPath, List<Path> guest, String mainClass, boolean ignoreNativeCode) {
    public PreflightRequest {
        classPath = List.copyOf(classPath);
        guest = List.copyOf(guest);
    }
}
