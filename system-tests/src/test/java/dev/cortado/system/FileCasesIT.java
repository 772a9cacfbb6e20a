package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of corner cases of files, of which a guest must say the same as HotSpot on Linux. Where
 * the tests' user may not mount anything, there is nothing to compare with. Each fifth is tried;
 * with {@code -Dcortado.files.stride=1} all are.
 */
final class FileCasesIT {
    private static final long DISK_BYTES = 64 << 20;
    private static final long FIXED_BYTES = 8 << 20;

    /** The directory of the guest's in which all is that is tried. */
    private static final String FIXED = "/fixed";

    private static final int SHOWN = 60;
    private static final String STRIDE = System.getProperty("cortado.files.stride", "5");

    /** What the guest tells of its mounts. */
    private static final String MOUNTED = "cortado: ";

    @TempDir Path directory;

    /**
     * With names that no guest would give: a byte that is no UTF-8, one that is cut off, Latin-1.
     */
    private DiskImage disk(String name) throws IOException {
        Path files = Files.createDirectories(directory.resolve("files"));
        Path foreign = Files.createDirectories(files.resolve("foreign"));
        for (String each : List.of("a%FF%FEb", "%E2%82", "gr%F6%DFe", "%C0%AF", "plain")) {
            Files.writeString(Path.of(URI.create(foreign.toUri() + each)), each);
        }
        return DiskImage.formatted(directory.resolve(name), DISK_BYTES, "-d", files.toString());
    }

    /** What cannot be changed: with directories to mount others on. */
    private DiskImage fixed() throws IOException {
        Path files = directory.resolve("fixed");
        Files.createDirectories(files.resolve("tmp"));
        Files.createDirectories(files.resolve("data"));
        return DiskImage.formatted(
                directory.resolve("fixed.img"), FIXED_BYTES, "-d", files.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmp", "data"})
    void areAsOnLinux(String tried) throws IOException {
        String other = tried.equals("tmp") ? "data" : "tmp";
        LinuxRoot root = LinuxRoot.in(directory);
        Outcome expected =
                root.onHotSpot(
                        disk("linux"),
                        false,
                        Program.files(),
                        "cases",
                        root.path("/" + tried),
                        root.path(""),
                        root.path("/" + other),
                        STRIDE);
        assertEquals(0, expected.exitCode(), expected.console());
        DiskImage disk = disk("guest");
        List<String> command =
                List.of(
                        "run",
                        "--timeout",
                        "3600",
                        "--disk",
                        disk.file().toString(),
                        "--disk",
                        fixed().file() + ",readonly",
                        "--mount",
                        FIXED + "=vdb:ext4,ro",
                        "--mount",
                        FIXED + "/tmp=:tmpfs",
                        "--mount",
                        FIXED + "/data=vda:ext4",
                        DiskIT.image().toString(),
                        "--",
                        "cases",
                        FIXED + "/" + tried,
                        FIXED,
                        FIXED + "/" + other,
                        STRIDE);
        Outcome actual = Cortado.command("", command);
        compare(lines(expected), lines(actual));
        assertEquals(0, actual.exitCode());
        disk.check();
    }

    private static Map<String, String> lines(Outcome outcome) {
        Map<String, String> results = new TreeMap<>();
        for (String line : outcome.console().lines().toList()) {
            String[] parts = line.split(" -> ", 2);
            if (!line.startsWith(MOUNTED)) {
                results.put(parts[0], parts.length == 1 ? "" : parts[1]);
            }
        }
        return results;
    }

    private static void compare(Map<String, String> expected, Map<String, String> actual) {
        List<String> differences = new ArrayList<>();
        expected.forEach((what, result) -> {
            if (!result.equals(actual.get(what))) {
                differences.add(what + "\n  Linux: " + result + "\n  guest: " + actual.get(what));
            }
        });
        actual.forEach((what, result) -> {
            if (!expected.containsKey(what)) {
                differences.add(what + "\n  guest only: " + result);
            }
        });
        assertTrue(
                differences.isEmpty(),
                () ->
                        differences.size()
                                + " of "
                                + expected.size()
                                + " differ:\n"
                                + String.join(
                                        "\n",
                                        differences.subList(
                                                0, Math.min(differences.size(), SHOWN))));
    }
}
