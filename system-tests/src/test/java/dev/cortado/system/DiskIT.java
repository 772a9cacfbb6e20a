package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** File systems on a guest's disks: mounted, written, and looked at from outside. */
public final class DiskIT {
    private static final String PROBES =
            "Name one of write, read, fill, map, press, fill-mapped, refused, wait, force, deaths, cases,"
                    + " random, tree\n";

    private static final long MIB = 1 << 20;

    private static final int EXIT_OF_SIGNAL = 128;
    private static final int SIGTERM = 15;

    /** Of a driver, which is given up if it dies more often than once a second. */
    private static final int DEATHS = Integer.getInteger("cortado.disk.deaths", 13);

    private static Path image;

    @TempDir Path directory;

    /** The arguments that build the image of all tests here. */
    public static List<String> buildCommand() {
        return Cortado.buildCommand(Program.files(), imageFile(), options());
    }

    private static Path imageFile() {
        return Program.files().imageFile("disk");
    }

    private static String[] options() {
        return new String[] {"--mount", "/built=label=built:ext4,noatime,optional"};
    }

    /** The image of {@link Program#files()}. */
    static synchronized Path image() {
        if (image == null) {
            image = Cortado.build(Program.files(), imageFile(), options());
        }
        return image;
    }

    private static List<String> command(List<String> options, String what, String directory) {
        List<String> command = new ArrayList<>(List.of("run", "--timeout", "240"));
        command.addAll(options);
        command.addAll(List.of(image().toString(), "--", what, directory));
        return command;
    }

    /** Runs a probe to its end. */
    private static Outcome run(List<String> options, String what, String directory) {
        return Cortado.command("", command(options, what, directory));
    }

    private static void assertLines(Outcome outcome, int exitCode, String... lines) {
        assertEquals(String.join("\n", lines) + "\n", outcome.console());
        assertEquals(exitCode, outcome.exitCode());
    }

    private DiskImage formatted(String name, long mebibytes, String... options) {
        return DiskImage.formatted(directory.resolve(name), mebibytes * MIB, options);
    }

    /** What a guest has written is there for another one, and for other programs. */
    @ParameterizedTest
    @CsvSource({
        "microvm, 1, '-b 4096'",
        "q35, 4, '-b 1024 -O ^metadata_csum,^64bit,^flex_bg'",
    })
    void anExt4IsWrittenAndReadAgain(String machine, String cpus, String made) throws Exception {
        DiskImage disk = formatted("disk", 64, made.split(" "));
        List<String> options =
                List.of(
                        "--machine",
                        machine,
                        "--cpus",
                        cpus,
                        "--disk",
                        disk.file() + ",serial=DATA-1",
                        "--mount",
                        "/data/files=serial=DATA-1:ext4,noatime");
        Outcome first = run(options, "write", "/data/files");
        String mounted = first.console().lines().findFirst().orElse("");
        assertTrue(
                mounted.matches(
                        "cortado: mount: /data/files: ext4 of vda \\(serial DATA-1\\), \\d+ MiB,"
                                + " [0-9.]+ [KM]iB used, by the command line"),
                first.console());
        assertTrue(first.console().endsWith("\nstore ext4\nwritten\n"), first.console());
        assertEquals(0, first.exitCode());
        disk.check();
        assertEquals("some text\n", disk.debug("cat tree/a/b/c/text"));
        Path copy = directory.resolve("copy");
        disk.debug("dump tree/large " + copy);
        byte[] large = new byte[3_000_001];
        new Random(5).nextBytes(large);
        assertArrayEquals(large, Files.readAllBytes(copy));
        Outcome second = run(options, "read", "/data/files");
        assertTrue(second.console().endsWith("\nread\n"), second.console());
        assertEquals(0, second.exitCode());
        disk.check();
    }

    /** Nobody has told the guest to force anything to its disk. */
    @ParameterizedTest
    @CsvSource({"microvm, 1", "q35, 4"})
    void thePowerButtonLosesNothing(String machine, String cpus) {
        DiskImage disk = formatted("disk", 32);
        List<String> options =
                List.of(
                        "--machine",
                        machine,
                        "--cpus",
                        cpus,
                        "--disk",
                        disk.file().toString(),
                        "--mount",
                        "/data=vda:ext4");
        try (Session session =
                new Session(Cortado.commandLine(command(options, "wait", "/data")))) {
            session.await("waiting\n");
            session.signal("TERM");
            assertEquals(EXIT_OF_SIGNAL + SIGTERM, session.awaitEnd().exitCode());
        }
        disk.check();
        assertEquals("not forced", disk.debug("cat before-the-end"));
        assertEquals("not forced, but mapped", disk.debug("cat mapped"));
        assertEquals("last words", disk.debug("cat by-a-hook"));
    }

    @Test
    void aBlankDiskIsMadeAndFormattedOnce() {
        Path file = directory.resolve("new.img");
        List<String> options =
                List.of("--disk", file + ":48M", "--mount", "/data=vda:ext4,format-if-blank");
        Outcome first = run(options, "write", "/data");
        assertTrue(
                first.console()
                        .startsWith(
                                "cortado: mount: /data: vda was blank, and has a new file"
                                        + " system\n"),
                first.console());
        assertEquals(0, first.exitCode(), first.console());
        DiskImage disk = new DiskImage(file);
        disk.check();
        Outcome second = run(options, "read", "/data");
        assertFalse(second.console().contains("blank"), second.console());
        assertTrue(second.console().endsWith("\nread\n"), second.console());
        disk.check();
    }

    @Test
    void aFileSystemGrowsWithItsDisk() {
        formatted("disk", 16);
        DiskImage disk = DiskImage.blank(directory.resolve("disk"), 96 * MIB);
        List<String> options =
                List.of("--disk", disk.file().toString(), "--mount", "/data=vda:ext4,grow");
        Outcome outcome = run(options, "fill", "/data");
        assertTrue(
                outcome.console()
                        .startsWith(
                                "cortado: mount: /data: the file system was grown to all of vda\n"),
                outcome.console());
        disk.check();
    }

    @Test
    void aFullDiskSaysSoAndHasRoomAgain() {
        DiskImage disk = formatted("disk", 16);
        List<String> options =
                List.of("--disk", disk.file().toString(), "--mount", "/data=vda:ext4");
        List<String> lines = run(options, "fill", "/data").console().lines().toList();
        assertEquals("full: No space left on device", lines.get(1));
        assertEquals(lines.get(1), lines.get(2));
        assertTrue(lines.get(3).matches("filled 1\\d MiB, and lost 0"), lines.get(3));
        disk.check();
        assertEquals("there is room again", disk.debug("cat after"));
    }

    /** What files have in memory is the heap's as soon as it wants it. */
    @ParameterizedTest
    @CsvSource({"microvm, 1", "q35, 4"})
    void theHeapHasWhatFilesHadInMemory(String machine, String cpus) {
        DiskImage disk = formatted("disk", 160);
        List<String> options = new ArrayList<>(List.of("--memory", "72M", "--machine", machine));
        options.addAll(List.of("--cpus", cpus, "--disk", disk.file().toString()));
        options.addAll(List.of("--mount", "/data=vda:ext4"));
        Outcome outcome = run(options, "press", "/data");
        assertTrue(
                outcome.console().endsWith("\nthe heap had 8 times what files had\n"),
                outcome.console());
        assertEquals(0, outcome.exitCode());
        disk.check();
    }

    @ParameterizedTest
    @CsvSource({"microvm, 1", "q35, 4"})
    void aMappedFileIsLargerThanMemory(String machine, String cpus) throws Exception {
        DiskImage disk = formatted("disk", 160);
        List<String> options = new ArrayList<>(List.of("--memory", "64M", "--machine", machine));
        options.addAll(List.of("--cpus", cpus, "--disk", disk.file().toString()));
        options.addAll(List.of("--mount", "/data=vda:ext4"));
        Outcome outcome = run(options, "map", "/data");
        assertEquals(0, outcome.exitCode(), outcome.console());
        disk.check();
        Path copy = directory.resolve("copy");
        disk.debug("dump large " + copy);
        byte[] content = Files.readAllBytes(copy);
        ByteBuffer words = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = 0; words.hasRemaining(); at += Long.BYTES) {
            assertEquals(at * 0x9e3779b97f4a7c15L, words.getLong());
        }
        CRC32 crc = new CRC32();
        crc.update(content);
        String sum = Long.toHexString(crc.getValue());
        assertTrue(
                outcome.console().endsWith("\nread " + sum + "\nmapped " + sum + "\n"),
                outcome.console());
    }

    @Test
    void aFullDiskIsToldToWhoWritesToAMapping() {
        DiskImage disk = formatted("disk", 16);
        List<String> options =
                List.of("--disk", disk.file().toString(), "--mount", "/data=vda:ext4");
        Outcome outcome = run(options, "fill-mapped", "/data");
        assertEquals(0, outcome.exitCode(), outcome.console());
        List<String> lines = outcome.console().lines().toList();
        assertEquals("full: No space left on device", lines.get(1));
        assertTrue(lines.get(2).matches("filled 1\\d MiB"), lines.get(2));
        disk.check();
        assertEquals("there is room again", disk.debug("cat after"));
    }

    /** As the command line says, and as the disk is. */
    @ParameterizedTest
    @CsvSource({"'', ',ro'", "',readonly', ''"})
    void whatIsReadOnlyIsNotChanged(String disk, String mount) throws Exception {
        DiskImage made = formatted("disk", 32);
        String file = made.file().toString();
        assertEquals(
                0,
                run(List.of("--disk", file, "--mount", "/d=vda:ext4"), "write", "/d").exitCode());
        byte[] before = Files.readAllBytes(made.file());
        Outcome outcome =
                run(
                        List.of("--disk", file + disk, "--mount", "/d=vda:ext4" + mount),
                        "refused",
                        "/d");
        assertTrue(
                outcome.console().contains(" used, read-only, by the command line\n"),
                outcome.console());
        assertTrue(
                outcome.console().contains("\nrefused: /d/new: Read-only file system\n"),
                outcome.console());
        assertTrue(outcome.console().endsWith("\nread\n"), outcome.console());
        assertArrayEquals(before, Files.readAllBytes(made.file()));
    }

    /** Main does not begin: it would take what is missing for what is empty. */
    @Test
    void aDiskThatIsNotThereEndsTheProgramsStart() {
        DiskImage disk = formatted("disk", 16);
        List<String> options =
                List.of("--disk", disk.file().toString(), "--mount", "/data=vdz:ext4");
        assertLines(
                run(options, "write", "/data"),
                1,
                "cortado: mount: /data: there is no disk vdz, only vda, by the command line");
        assertLines(
                run(List.of("--mount", "/data=vdz"), "write", "/data"),
                2,
                "error: --mount /data=vdz: write a path, a device and what is on it, such as"
                        + " /data=vdb:ext4");
    }

    /** What the image was built with is optional, and is not asked for if the command line is. */
    @Test
    void whatTheImageWasBuiltWithIsMounted() {
        DiskImage disk = formatted("disk", 16, "-L", "built");
        String file = disk.file().toString();
        String built = run(List.of("--disk", file), "fill", "/built").console();
        assertTrue(built.startsWith("cortado: mount: /built: ext4 of vda, "), built);
        assertTrue(built.lines().findFirst().orElse("").endsWith(", by the image"), built);
        disk.check();
        String without = run(List.of(), "none", "/").console();
        assertEquals(
                "cortado: mount: /built: there is no disk label=built: the machine has none, by the"
                        + " image; it is optional, and left out\n"
                        + PROBES,
                without);
        assertEquals(
                PROBES, run(List.of("--disk", file, "--mount", "none"), "none", "/").console());
    }

    /** Nobody who uses the disk is told of it, nothing is lost, and no frame is. */
    @ParameterizedTest
    @CsvSource({"microvm, 1", "q35, 4"})
    void theDriverDiesAgainAndAgain(String machine, String cpus) throws Exception {
        DiskImage disk = formatted("disk", 96);
        List<String> options = new ArrayList<>(List.of("run", "--timeout", "600"));
        options.addAll(List.of("--memory", "64M", "--machine", machine, "--cpus", cpus));
        options.addAll(List.of("--disk", disk.file().toString(), "--mount", "/data=vda:ext4"));
        options.addAll(List.of(image().toString(), "--", "deaths", "/data", "" + DEATHS));
        Outcome outcome = Cortado.command("", options);
        assertEquals(0, outcome.exitCode(), outcome.console());
        DriverDeaths.check(outcome.console(), DEATHS, disk, directory);
    }

    /** QEMU locks what it writes to. */
    @Test
    void aDiskThatIsInUseIsNotTaken() {
        DiskImage disk = formatted("disk", 16);
        List<String> options =
                List.of("--disk", disk.file().toString(), "--mount", "/data=vda:ext4");
        try (Session session =
                new Session(Cortado.commandLine(command(options, "wait", "/data")))) {
            session.await("waiting\n");
            Outcome second = run(options, "read", "/data");
            assertEquals(2, second.exitCode(), second.console());
            assertTrue(second.console().contains("lock"), second.console());
        }
    }
}
