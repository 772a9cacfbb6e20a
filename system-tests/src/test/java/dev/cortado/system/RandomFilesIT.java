package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random calls on files, of which a guest must make the same as HotSpot on Linux: their sums are
 * compared, and so is the tree that is left. With {@code -Dcortado.files.calls=1000000} it takes a
 * while; {@code cortado.files.seed} chooses other calls, and {@code cortado.files.told} the first
 * of them that is printed in full, where sums have begun to differ.
 */
final class RandomFilesIT {
    private static final String CALLS = System.getProperty("cortado.files.calls", "20000");
    private static final String SEED = System.getProperty("cortado.files.seed", "1");
    private static final String TOLD = System.getProperty("cortado.files.told", "2147483647");
    private static final long DISK_BYTES = 512L << 20;

    /** More than a million calls take. */
    private static final String SECONDS = "7200";

    private static final String MOUNTED = "cortado: ";

    @TempDir Path directory;

    private List<String> onLinux(LinuxRoot root, DiskImage disk, String where) {
        Outcome outcome =
                root.onHotSpot(
                        disk,
                        false,
                        Program.files(),
                        "random",
                        root.path(where),
                        SEED,
                        CALLS,
                        TOLD);
        assertEquals(0, outcome.exitCode(), outcome.console());
        return outcome.console().lines().toList();
    }

    private static List<String> inGuest(DiskImage disk, String where) {
        List<String> command = new ArrayList<>(List.of("run", "--timeout", SECONDS));
        command.addAll(List.of("--memory", "512M", "--disk", disk.file().toString()));
        command.addAll(List.of("--mount", "/data=vda:ext4", DiskIT.image().toString(), "--"));
        command.addAll(List.of("random", where, SEED, CALLS, TOLD));
        Outcome outcome = Cortado.command("", command);
        assertEquals(0, outcome.exitCode(), outcome.console());
        return outcome.console().lines().filter(line -> !line.startsWith(MOUNTED)).toList();
    }

    private DiskImage disk(String name) {
        return DiskImage.formatted(directory.resolve(name), DISK_BYTES);
    }

    /** Up to the tree's lines, in which there are times. */
    private static List<String> sums(List<String> lines) {
        return lines.stream().filter(line -> line.matches("\\d+: .*")).toList();
    }

    private static List<String> tree(List<String> lines) {
        return lines.stream().filter(line -> !line.matches("\\d+: .*")).toList();
    }

    @Test
    void inMemory() {
        LinuxRoot root = LinuxRoot.in(directory);
        List<String> expected = sums(onLinux(root, disk("linux"), "/tmp/random"));
        assertEquals(
                String.join("\n", expected),
                String.join("\n", sums(inGuest(disk("guest"), "/tmp/random"))));
    }

    /** What the guest has left on its disk is what Linux finds there. */
    @Test
    void onADisk() {
        LinuxRoot root = LinuxRoot.in(directory);
        List<String> expected = sums(onLinux(root, disk("linux"), "/data/random"));
        DiskImage disk = disk("guest");
        List<String> actual = inGuest(disk, "/data/random");
        assertEquals(String.join("\n", expected), String.join("\n", sums(actual)));
        disk.check();
        Outcome found =
                root.onHotSpot(disk, true, Program.files(), "tree", root.path("/data/random"));
        assertEquals(String.join("\n", tree(actual)) + "\n", found.console());
        disk.check();
    }
}
