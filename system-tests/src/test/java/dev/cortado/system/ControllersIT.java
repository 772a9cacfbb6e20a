package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * File systems on disks behind each kind of controller that QEMU has, all in one PC, which starts
 * from a disk itself.
 */
public final class ControllersIT {
    private static final long DISK_BYTES = 48 << 20;
    private static final String TIMEOUT_SECONDS = "240";

    @TempDir Path directory;

    private static Path image;

    /** The arguments that build the image of all tests here. */
    public static List<String> buildCommand() {
        return Cortado.buildCommand(Program.files(), imageFile(), options());
    }

    private static Path imageFile() {
        return Program.files().imageFile("bare");
    }

    private static String[] options() {
        List<String> options = new ArrayList<>(List.of("--target", "bare"));
        for (String label : List.of("nvme", "ahci", "ide", "pvscsi", "lsi", "scsi", "blk")) {
            options.add("--mount");
            options.add("/" + label + "=label=" + label + ":ext4,noatime,optional");
        }
        options.addAll(List.of("--mount", "/cd=label=cd:iso9660,optional"));
        return options.toArray(String[]::new);
    }

    private static synchronized Path image() {
        if (image == null) {
            image = Cortado.build(Program.files(), imageFile(), options());
        }
        return image;
    }

    private Outcome boot(
            String machine,
            int cpus,
            List<DiskController> kinds,
            Map<String, DiskImage> disks,
            String what)
            throws IOException {
        StringBuilder line = new StringBuilder(what);
        kinds.forEach(kind -> line.append(" /").append(kind.label()));
        StartDisk start = StartDisk.of(image(), directory.resolve("start"), line.toString());
        List<String> command = new ArrayList<>(List.of("timeout", TIMEOUT_SECONDS));
        command.addAll(start.command(machine, cpus));
        kinds.forEach(kind -> command.addAll(kind.options(disks.get(kind.label()))));
        try (Session session = new Session(command)) {
            return session.end();
        }
    }

    /** What was written to all disks in one start is there in the next, and for e2fsck. */
    @ParameterizedTest
    @CsvSource({"pc, 1", "q35, 4"})
    void eachKindIsWrittenAndReadAgain(String machine, int cpus) throws Exception {
        List<DiskController> kinds = DiskController.all(machine);
        Map<String, DiskImage> disks = new TreeMap<>();
        for (DiskController kind : kinds) {
            Path file = directory.resolve(kind.label());
            disks.put(kind.label(), DiskImage.formatted(file, DISK_BYTES, "-L", kind.label()));
        }
        Outcome first = boot(machine, cpus, kinds, disks, "write");
        assertEquals(kinds.size(), count(first, "written"), first.console());
        for (DiskController kind : kinds) {
            String mounted =
                    "(?s).*mount: /" + kind.label() + ": ext4 of " + kind.name() + "[ ,].*";
            assertTrue(first.console().matches(mounted), first.console());
            DiskImage disk = disks.get(kind.label());
            disk.check();
            assertEquals("some text\n", disk.debug("cat tree/a/b/c/text"), kind.label());
        }
        Outcome second = boot(machine, cpus, kinds, disks, "read");
        assertEquals(kinds.size(), count(second, "read"), second.console());
        disks.values().forEach(DiskImage::check);
    }

    /** A CD in a drive, which has no name of a disk's. */
    @ParameterizedTest
    @CsvSource({"pc, ide", "q35, ahci", "q35, lsi", "q35, scsi"})
    void aCompactDiscIsRead(String machine, String label) throws Exception {
        Path content = Files.createDirectories(directory.resolve("content"));
        Files.writeString(content.resolve("text"), "on a disc\n");
        Path disc = directory.resolve("disc.iso");
        List<String> xorriso = List.of("xorriso", "-as", "mkisofs", "-V", "cd", "-r", "-o");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/xorriso")), "xorriso is not installed");
        List<String> make = new ArrayList<>(xorriso);
        make.addAll(List.of(disc.toString(), content.toString()));
        Outcome made = Outcome.of(make, "");
        assertEquals(0, made.exitCode(), made.console());
        StartDisk start = StartDisk.of(image(), directory.resolve("start"), "tree /cd");
        List<String> command = new ArrayList<>(List.of("timeout", TIMEOUT_SECONDS));
        command.addAll(start.command(machine, 1));
        command.addAll(DiskController.disc(label, disc));
        try (Session session = new Session(command)) {
            String console = session.end().console();
            assertTrue(console.contains("mount: /cd: iso9660 of sr0"), console);
            assertTrue(console.replace("\r", "").contains("\ntext 100"), console);
        }
    }

    private static long count(Outcome outcome, String line) {
        return outcome.console().lines().filter(line::equals).count();
    }
}
