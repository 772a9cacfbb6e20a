package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A disk's file, as e2fsprogs see it. */
public record DiskImage(Path file) {
    /** Where Debian has programs for root, which are not on everybody's PATH. */
    private static final List<String> MORE_PLACES = List.of("/usr/sbin", "/sbin");

    /** A sentence of e2fsck's for each pass, and what it says of the disk when it is done. */
    private static final String USUAL_LINES =
            "e2fsck .*|Pass [1-5]: .*|.*: \\d+/\\d+ files .*blocks";

    /** A machine's clock counts seconds: a guest may be before us, of which e2fsck complains. */
    private static final int CLOCK_SECONDS = 2;

    /** e2fsck's exit code; to replay a journal counts as that. */
    private static final int ERRORS_CORRECTED = 1;

    private static String program(String name) {
        List<String> places = new ArrayList<>(List.of(System.getenv("PATH").split(":")));
        places.addAll(MORE_PLACES);
        return places.stream()
                .map(place -> new File(place, name))
                .filter(File::canExecute)
                .map(File::toString)
                .findFirst()
                .orElseGet(() -> Assumptions.abort(name + " (e2fsprogs) is not installed"));
    }

    private static Outcome run(String program, List<String> arguments) {
        long now = System.currentTimeMillis() / 1000 + CLOCK_SECONDS;
        List<String> command = new ArrayList<>(List.of("env", "E2FSCK_TIME=" + now));
        command.add(program(program));
        command.addAll(arguments);
        return Outcome.of(command, "");
    }

    /** With zeros in it. */
    static DiskImage blank(Path file, long bytes) {
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.setLength(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DiskImage(file);
    }

    /** With a file system that mke2fs makes. */
    public static DiskImage formatted(Path file, long bytes, String... options) {
        DiskImage image = blank(file, bytes);
        List<String> arguments = new ArrayList<>(List.of("-q", "-F", "-t", "ext4"));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        assertEquals(new Outcome(0, ""), run("mke2fs", arguments));
        return image;
    }

    /** A copy whose journal e2fsck has replayed, as if it was to be mounted. */
    public DiskImage replayed(Path copy) {
        TapNetwork.command("cp", "--sparse=always", file.toString(), copy.toString());
        Outcome outcome = run("e2fsck", List.of("-p", copy.toString()));
        assertTrue(outcome.exitCode() <= ERRORS_CORRECTED, outcome.console());
        return new DiskImage(copy);
    }

    /** Nothing is wrong with it, and it was unmounted. */
    public void check() {
        Outcome outcome = run("e2fsck", List.of("-fn", file.toString()));
        assertEquals(0, outcome.exitCode(), outcome.console());
        List<String> unusual =
                outcome.console().lines().filter(line -> !line.matches(USUAL_LINES)).toList();
        assertEquals(List.of(), unusual);
        String state = debug("show_super_stats -h");
        assertTrue(state.contains("Filesystem state:         clean\n"), state);
        assertTrue(!state.contains("needs_recovery"), state);
    }

    /** What debugfs answers. */
    String debug(String request) {
        Outcome outcome = run("debugfs", List.of("-R", request, file.toString()));
        assertEquals(0, outcome.exitCode(), outcome.console());
        return outcome.console().replaceFirst("debugfs .*\n", "");
    }
}
