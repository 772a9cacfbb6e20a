package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Folders of the host in a guest, by QEMU's own server of 9P, and by virtiofsd where that can be
 * started; with the image of {@link DiskIT}.
 */
final class ShareIT {
    private static final int LARGE_BYTES = 3_000_001;
    private static final int EXIT_OF_SIGNAL = 128;
    private static final int SIGTERM = 15;

    @TempDir Path directory;

    private Path folder(String name) throws IOException {
        return Files.createDirectory(directory.toRealPath().resolve(name));
    }

    private static List<String> command(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of("run", "--timeout", "240"));
        command.addAll(options);
        command.addAll(List.of(DiskIT.image().toString(), "--"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Outcome run(List<String> options, String... arguments) {
        return Cortado.command("", command(options, arguments));
    }

    private static final Path VIRTIOFSD = Path.of("/usr/lib/qemu/virtiofsd");

    /** Only the superuser can start what Debian 12 has. */
    private static void assumePossible(String type) {
        Assumptions.assumeTrue(
                type.equals("9p")
                        || Files.isExecutable(VIRTIOFSD)
                                && System.getProperty("user.name").equals("root"),
                "no virtiofsd, or not as root");
    }

    /** How {@code --share} says it. */
    private static String share(Path folder, String place, String type) {
        return folder + ":" + place + (type.equals("9p") ? "" : "," + type);
    }

    private static byte[] large() {
        byte[] bytes = new byte[LARGE_BYTES];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    private static String sum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return Long.toHexString(crc.getValue());
    }

    /**
     * What a guest has written is the host's at once; what the host changes is read by the next.
     */
    @ParameterizedTest
    @CsvSource({"microvm, 1, 9p", "q35, 4, 9p", "microvm, 1, virtiofs", "q35, 4, virtiofs"})
    void aFolderIsWrittenAndReadFromBothSides(String machine, String cpus, String type)
            throws Exception {
        assumePossible(type);
        Path folder = folder("folder");
        List<String> options =
                List.of(
                        "--machine",
                        machine,
                        "--cpus",
                        cpus,
                        "--share",
                        share(folder, "/app/src", type));
        Outcome written = run(options, "write", "/app/src");
        assertEquals(0, written.exitCode(), written.console());
        String mounted =
                "cortado: mount: /app/src: "
                        + type
                        + " of share0, [0-9.]+ [MGTP]iB, [0-9.]+ [KMGTP]iB used,"
                        + " by the command line";
        assertTrue(
                written.console().lines().anyMatch(line -> line.matches(mounted)),
                written.console());
        assertTrue(
                written.console().endsWith("\nstore " + type + "\nwritten\n"), written.console());
        assertTrue(written.console().contains("\nlarge " + sum(large()) + "\n"));
        Path tree = folder.resolve("tree");
        assertEquals("some text\n", Files.readString(tree.resolve("a/b/c/text")));
        assertArrayEquals(large(), Files.readAllBytes(tree.resolve("large")));
        assertEquals((1L << 30) + 5, Files.size(tree.resolve("hole")));
        assertEquals(Path.of("a/b/c/text"), Files.readSymbolicLink(tree.resolve("soft")));
        assertEquals(2, Files.getAttribute(tree.resolve("two"), "unix:nlink"));
        assertFalse(Files.exists(tree.resolve("open")));
        assertAttributes(tree.resolve("attributes"));
        try (Stream<Path> many = Files.list(tree.resolve("many"))) {
            assertEquals(250, many.count());
        }
        changeOnTheHost(tree);
        Outcome read = run(options, "read", "/app/src");
        assertEquals(0, read.exitCode(), read.console());
        byte[] changed = Files.readAllBytes(tree.resolve("large"));
        assertTrue(read.console().endsWith("\nlarge " + sum(changed) + "\nread\n"), read.console());
    }

    private static void assertAttributes(Path file) throws IOException {
        assertEquals(
                "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(
                Instant.parse("2001-09-09T01:46:40.5Z"),
                Files.getLastModifiedTime(file).toInstant());
        assertEquals(
                ByteBuffer.wrap("test".getBytes()),
                ByteBuffer.wrap((byte[]) Files.getAttribute(file, "user:kind")));
    }

    private static void changeOnTheHost(Path tree) throws IOException {
        byte[] other = Arrays.copyOf(large(), 2_000_000);
        other[1_234_567] ^= 1;
        Files.write(tree.resolve("large"), other);
        Files.delete(tree.resolve("many/a file with the number 7"));
        Files.writeString(tree.resolve("many/a new one with the number 7"), "7");
    }

    @ParameterizedTest
    @CsvSource({"9p", "virtiofs"})
    void severalComeBesideADiskAndWhatTheImageMounts(String type) throws Exception {
        assumePossible(type);
        Path one = folder("one");
        Path two = folder("a, b");
        DiskImage disk = DiskImage.formatted(directory.resolve("disk"), 64 << 20, "-L", "built");
        List<String> options =
                List.of("--share", share(one, "/one", type), "--disk", disk.file().toString());
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--share", two + ":/two"));
        Outcome outcome = run(all, "write", "/built", "/one", "/two");
        assertEquals(0, outcome.exitCode(), outcome.console());
        List<String> mounts = outcome.console().lines().limit(3).toList();
        assertTrue(mounts.get(0).startsWith("cortado: mount: /built: ext4 of vda, "));
        assertTrue(mounts.get(1).startsWith("cortado: mount: /one: " + type + " of share0, "));
        assertTrue(mounts.get(2).startsWith("cortado: mount: /two: 9p of share1, "));
        assertEquals("some text\n", Files.readString(one.resolve("tree/a/b/c/text")));
        assertArrayEquals(large(), Files.readAllBytes(two.resolve("tree/large")));
        disk.check();
    }

    @ParameterizedTest
    @CsvSource({"microvm, 9p", "q35, 9p", "microvm, virtiofs"})
    void whatIsReadOnlyIsNotChanged(String machine, String type) throws Exception {
        assumePossible(type);
        Path folder = folder("folder");
        List<String> options =
                List.of("--machine", machine, "--share", share(folder, "/src", type));
        assertEquals(0, run(options, "write", "/src").exitCode());
        Outcome outcome =
                run(
                        List.of("--machine", machine, "--share", share(folder, "/src,ro", type)),
                        "refused",
                        "/src");
        assertTrue(
                outcome.console().contains(" used, read-only, by the command line\n"),
                outcome.console());
        assertTrue(
                outcome.console().contains("\nrefused: /src/new: Read-only file system\n"),
                outcome.console());
        assertTrue(outcome.console().endsWith("\nread\n"), outcome.console());
        assertFalse(Files.exists(folder.resolve("new")));
    }

    /** Nobody has told the guest to force anything: the host has it all the same. */
    @ParameterizedTest
    @CsvSource({"9p", "virtiofs"})
    void thePowerButtonLosesNothing(String type) throws Exception {
        assumePossible(type);
        Path folder = folder("folder");
        String shared = share(folder, "/data", type);
        try (Session session =
                new Session(
                        Cortado.commandLine(
                                command(List.of("--share", shared), "wait", "/data")))) {
            session.await("waiting\n");
            assertEquals("not forced", Files.readString(folder.resolve("before-the-end")));
            session.signal("TERM");
            assertEquals(EXIT_OF_SIGNAL + SIGTERM, session.awaitEnd().exitCode());
        }
        assertEquals("not forced, but mapped", Files.readString(folder.resolve("mapped")));
        assertEquals("last words", Files.readString(folder.resolve("by-a-hook")));
    }

    @Test
    void aFolderThatIsNotThereEndsTheProgramsStart() throws Exception {
        Path folder = folder("folder");
        Outcome outcome =
                run(List.of("--share", folder.toString(), "--mount", "/x=other:9p"), "write", "/x");
        assertEquals(1, outcome.exitCode());
        assertTrue(
                outcome.console()
                        .endsWith(
                                "cortado: mount: /x: the host shares no folder as other, only"
                                        + " share0, by the command line\n"),
                outcome.console());
    }
}
