package dev.cortado.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A place on the Linux below that looks as a guest's: a directory that cannot be changed, in it
 * {@code tmp} with files in memory, and {@code data} with the file system of a disk. It is there
 * only for the program that runs in it, as root may arrange with namespaces of mounts.
 */
record LinuxRoot(Path directory) {
    private static final int NO_MOUNTS = 77;

    private static final String MOUNT =
            """
            { mount -t tmpfs none "$1" && mkdir "$1/tmp" "$1/data" &&
            mount -t tmpfs none "$1/tmp" && mount -o "loop$3" "$2" "$1/data" &&
            mount -o remount,ro "$1"; } || exit %d
            shift 3
            exec "$@"
            """
                    .formatted(NO_MOUNTS);

    static LinuxRoot in(Path parent) {
        try {
            return new LinuxRoot(Files.createDirectory(parent.resolve("root")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path(String inRoot) {
        return directory + inRoot;
    }

    /** Runs a program on HotSpot; the test is skipped where nothing can be mounted. */
    Outcome onHotSpot(DiskImage disk, boolean readOnly, Program program, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "env",
                                // Names of files are in UTF-8.
                                "LC_ALL=C.UTF-8",
                                "unshare",
                                "--mount",
                                "sh",
                                "-c",
                                MOUNT,
                                "sh",
                                directory.toString(),
                                disk.file().toString(),
                                readOnly ? ",ro" : ""));
        command.addAll(program.hotSpotCommand(arguments));
        Outcome outcome = Outcome.of(command, "");
        boolean isAllowed = outcome.exitCode() != NO_MOUNTS && !isRefused(outcome);
        Assumptions.assumeTrue(isAllowed, () -> "no mounts here: " + outcome.console());
        return outcome;
    }

    private static boolean isRefused(Outcome outcome) {
        return outcome.exitCode() != 0 && outcome.console().startsWith("unshare: ");
    }
}
