package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.disk.DiskLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    /**
     * A disk and the devices that it needs.
     *
     * @param label of its file system, and its directory
     * @param name that it has in the guest
     */
    private record Kind(String label, String name, List<String> devices) {}

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
        return options.toArray(String[]::new);
    }

    private static synchronized Path image() {
        if (image == null) {
            image = Cortado.build(Program.files(), imageFile(), options());
        }
        return image;
    }

    private static List<Kind> kinds(String machine) {
        boolean isOld = machine.equals("pc");
        List<Kind> kinds = new ArrayList<>();
        kinds.add(new Kind("nvme", "nvme0n1", List.of("nvme,drive=nvme,serial=N-1")));
        kinds.add(
                new Kind(
                        "ahci",
                        "sd[a-z]",
                        isOld
                                ? List.of("ich9-ahci,id=sata", "ide-hd,drive=ahci,bus=sata.1")
                                : List.of("ide-hd,drive=ahci,bus=ide.1")));
        kinds.add(
                new Kind(
                        "ide",
                        "sd[a-z]",
                        isOld
                                ? List.of("ide-hd,drive=ide,bus=ide.1,unit=1")
                                : List.of("piix3-ide,id=old", "ide-hd,drive=ide,bus=old.0")));
        kinds.add(scsi("pvscsi", "pvscsi"));
        kinds.add(scsi("lsi", "mptsas1068"));
        kinds.add(scsi("scsi", "virtio-scsi-pci"));
        kinds.add(new Kind("blk", "vda", List.of("virtio-blk-pci,drive=blk")));
        return kinds;
    }

    private static Kind scsi(String label, String adapter) {
        String bus = label + "-bus";
        return new Kind(
                label,
                "sd[a-z]",
                List.of(
                        adapter + ",id=" + bus,
                        "scsi-hd,drive=" + label + ",bus=" + bus + ".0,scsi-id=2"));
    }

    /** The image as the disk that a machine starts from, with the program's arguments on it. */
    private Path start(String commandLine) throws IOException {
        Path disk = directory.resolve("start");
        Files.write(disk, Files.readAllBytes(image()));
        try (FileChannel file = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            byte[] text = (commandLine + '\0').getBytes(StandardCharsets.US_ASCII);
            file.write(ByteBuffer.wrap(text), DiskLayout.COMMAND_LINE_OFFSET);
        }
        return disk;
    }

    private Outcome boot(
            String machine, int cpus, List<Kind> kinds, Map<String, DiskImage> disks, String what)
            throws IOException {
        StringBuilder line = new StringBuilder(what);
        kinds.forEach(kind -> line.append(" /").append(kind.label()));
        List<String> command = new ArrayList<>(List.of("timeout", TIMEOUT_SECONDS));
        command.addAll(List.of("qemu-system-x86_64", "-machine", machine, "-accel", "tcg"));
        command.addAll(List.of("-cpu", "max", "-m", "256", "-smp", Integer.toString(cpus)));
        command.addAll(List.of("-nodefaults", "-no-reboot", "-display", "none"));
        command.addAll(List.of("-serial", "stdio"));
        command.addAll(drive("start", start(line.toString())));
        command.addAll(List.of("-device", "ide-hd,drive=start,bus=ide.0,bootindex=0"));
        for (Kind kind : kinds) {
            command.addAll(drive(kind.label(), disks.get(kind.label()).file()));
            kind.devices().forEach(device -> command.addAll(List.of("-device", device)));
        }
        try (Session session = new Session(command)) {
            return session.end();
        }
    }

    private static List<String> drive(String name, Path file) {
        return List.of("-drive", "id=" + name + ",file=" + file + ",format=raw,if=none");
    }

    /** What was written to all disks in one start is there in the next, and for e2fsck. */
    @ParameterizedTest
    @CsvSource({"pc, 1", "q35, 4"})
    void eachKindIsWrittenAndReadAgain(String machine, int cpus) throws Exception {
        List<Kind> kinds = kinds(machine);
        Map<String, DiskImage> disks = new TreeMap<>();
        for (Kind kind : kinds) {
            Path file = directory.resolve(kind.label());
            disks.put(kind.label(), DiskImage.formatted(file, DISK_BYTES, "-L", kind.label()));
        }
        Outcome first = boot(machine, cpus, kinds, disks, "write");
        assertEquals(kinds.size(), count(first, "written"), first.console());
        for (Kind kind : kinds) {
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

    private static long count(Outcome outcome, String line) {
        return outcome.console().lines().filter(line::equals).count();
    }
}
