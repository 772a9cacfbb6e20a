package dev.cortado.image.run;

import dev.cortado.image.image.DiskCommandLine;
import dev.cortado.image.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The disk that a guest is started from: a copy, for the guest's command line is on it. */
final class DiskCopy {
    private DiskCopy() {}

    /**
     * Copies a disk. Without arguments for the program, it keeps those that were written to it.
     *
     * @param devices words about devices
     * @param to where there is no file yet
     */
    static void write(RunRequest request, ImageFile image, List<String> devices, Path to)
            throws IOException {
        Files.copy(image.file(), to);
        DiskCommandLine.write(
                to,
                request.arguments().isEmpty()
                        ? CommandLine.before(image.commandLine().orElse(""), request, devices)
                        : CommandLine.of(request, devices));
    }
}
