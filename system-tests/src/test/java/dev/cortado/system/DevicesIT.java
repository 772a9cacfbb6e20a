package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** QEMU's virtio devices, on each bus and by each kind of interrupt. */
final class DevicesIT {
    private static final String MICROVM = "microvm,acpi=off";
    private static final String EXIT = "isa-debug-exit,iobase=0xf4,iosize=0x04";

    /** Of a guest on a machine that does other things as well. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final int PART = 1 << 20;

    /** Of a disk that is summed up, written and read: a gibibyte at most. */
    private static final int PARTS = Integer.getInteger("cortado.devices.mebibytes", 4);

    @TempDir Path directory;

    private static Outcome boot(String machine, int cpus, String arguments, String... more) {
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-machine", machine));
        command.addAll(List.of("-smp", Integer.toString(cpus), "-accel", "tcg", "-cpu", "max"));
        command.addAll(List.of("-m", "256M", "-nodefaults", "-no-reboot", "-display", "none"));
        command.addAll(List.of("-kernel", Probe.image().toString(), "-append", arguments));
        command.addAll(List.of("-serial", "stdio", "-device", EXIT));
        command.addAll(List.of(more));
        return Outcome.of(command, new byte[0], PATIENCE);
    }

    /** MSI-X; the pin; transitional devices; registers in memory of both versions. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q35 | 1 | virtio-rng-pci",
                "q35 | 4 | virtio-rng-pci",
                "q35 | 2 | virtio-rng-pci,vectors=0",
                "q35 | 2 | virtio-rng-pci,vectors=1,packed=on",
                "q35 | 2 | virtio-rng-pci,disable-legacy=off,disable-modern=on",
                "pc | 2 | virtio-rng-pci",
                "pc | 2 | virtio-rng-pci,disable-legacy=off,disable-modern=on,vectors=0",
                "microvm,acpi=off | 1 | virtio-rng-device",
                "microvm,acpi=off | 4 | virtio-rng-device",
            })
    void randomBytesOfTheHost(String machine, int cpus, String device) {
        Outcome outcome = boot(machine, cpus, "entropy", "-device", device);
        String where = machine.equals(MICROVM) ? "mmio 0x" : "pci 0000:00:";
        String line = outcome.console();
        assertTrue(line.startsWith("random bytes of virtio-rng (" + where), line);
        assertTrue(line.endsWith("), on each of " + cpus + " CPUs\n"), line);
    }

    /** The host's random bytes for {@code SecureRandom}, by a driver of its own. */
    @Test
    void theHostGivesSeeds() {
        String console = boot("q35", 2, "seeds", "-device", "virtio-rng-pci").console();
        assertEquals("the pool has seeds of virtio-rng (pci 0000:00:01.0)\n", console);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q35 | 4 | virtio-rng-pci",
                "microvm,acpi=off | 1 | virtio-rng-device",
            })
    void theEntropyDriverDiesAHundredTimes(String machine, int cpus, String device) {
        String console = boot(machine, cpus, "seeds-deaths", "-device", device).console();
        assertTrue(console.matches("seeds of virtio-rng \\([^)]+\\) after 100 deaths\n"), console);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q35 | 1 | virtio-blk-pci",
                "q35 | 4 | virtio-blk-pci,packed=on",
                "pc | 2 | virtio-blk-pci,packed=on,event_idx=off,indirect_desc=off",
                "q35 | 2 | virtio-blk-pci,vectors=0,event_idx=off,indirect_desc=off",
                "pc | 2 | virtio-blk-pci,disable-legacy=off,disable-modern=on",
                "microvm,acpi=off | 1 | virtio-blk-device",
                "microvm,acpi=off | 4 | virtio-blk-device,queue-size=8",
            })
    void aDiskIsReadAndWritten(String machine, int cpus, String device) throws IOException {
        byte[] contents = new byte[PARTS * PART];
        new Random(7).nextBytes(contents);
        Path file = Files.write(directory.resolve("disk"), contents);
        Outcome outcome =
                boot(
                        machine,
                        cpus,
                        "disk",
                        "-drive",
                        "if=none,id=disk,format=raw,file=" + file,
                        "-device",
                        device + ",drive=disk",
                        "-global",
                        "virtio-mmio.force-legacy=" + (cpus == 1 ? "on" : "off"));
        List<String> lines = outcome.console().lines().toList();
        assertEquals(6, lines.size(), outcome.console());
        assertTrue(lines.get(0).startsWith("disk virtio-blk ("), lines.get(0));
        assertTrue(lines.get(0).endsWith(" of " + contents.length + " bytes"), lines.get(0));
        assertEquals("sum " + Long.toHexString(sum(contents)), lines.get(1));
        assertEquals(List.of("read 800 times", "nothing is behind its end"), lines.subList(2, 4));
        assertEquals(List.of("read 800 times", "the disk was used"), lines.subList(4, 6));
        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(file));
        written.order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < contents.length; at += Long.BYTES) {
            assertEquals(at * 0x9e37_79b9_7f4a_7c15L, written.getLong(at), "at " + at);
        }
    }

    /** No request is lost, no frame is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q35 | 1 | virtio-blk-pci",
                "q35 | 4 | virtio-blk-pci,vectors=0",
                "microvm,acpi=off | 4 | virtio-blk-device",
            })
    void aDriverDiesAHundredTimes(String machine, int cpus, String device) throws IOException {
        Path file = Files.write(directory.resolve("disk"), new byte[2 * PART]);
        String drive = "if=none,id=disk,format=raw,file=" + file;
        String[] more = {"-drive", drive, "-device", device + ",drive=disk"};
        assertEquals("the disk was used\n", boot(machine, cpus, "disk-deaths", more).console());
    }

    /** Without messages, what is in every fourth place has the same line (PCI's, by _PRT). */
    @ParameterizedTest
    @CsvSource({"pc, 1", "q35, 4"})
    void devicesShareALine(String machine, int cpus) throws IOException {
        List<String> more = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path file = Files.write(directory.resolve("disk" + i), new byte[2 * PART]);
            more.add("-drive");
            more.add("if=none,id=disk" + i + ",format=raw,file=" + file);
            more.add("-device");
            more.add("virtio-blk-pci,vectors=0,drive=disk%d,addr=0x%x".formatted(i, 4 + 4 * i));
        }
        Outcome outcome = boot(machine, cpus, "disks-at-once", more.toArray(String[]::new));
        assertEquals("read 800 times\n".repeat(5) + "the disks were used\n", outcome.console());
    }

    /**
     * A card that raises its line until it is told that it was seen, which nobody tells it, and a
     * disk on the same line (PCI's, by _PRT).
     */
    @ParameterizedTest
    @CsvSource({
        "pc, 1, storm-served, pci 0000:00:04.0",
        "q35, 4, storm-served, pci 0000:00:04.0",
        "pc, 4, storm-alone, virtio-blk \\(pci 0000:00:08.0\\)",
    })
    void aDiskGoesOnOnALineThatIsRaisedForEver(
            String machine, int cpus, String probe, String masked) throws IOException {
        Path file = Files.write(directory.resolve("disk"), new byte[PART]);
        String[] more = {
            "-drive", "if=none,id=disk,format=raw,file=" + file,
            "-device", "virtio-blk-pci,vectors=0,drive=disk,addr=0x8",
            "-device", "e1000,romfile=,addr=0x4"
        };
        String console = boot(machine, cpus, probe, more).console();
        String line =
                "cortado: %s: interrupts for ever by line \\d+, and nothing was done: masked, and"
                                .formatted(masked)
                        + " looked at every 10 ms\n";
        assertEquals(1, Pattern.compile(line).matcher(console).results().count(), console);
        assertEquals(1, console.split("for ever", -1).length - 1, console);
        assertTrue(console.contains("the disk went on\n"), console);
        assertTrue(console.endsWith("it interrupts again\n"), console);
    }

    private static long sum(byte[] contents) {
        ByteBuffer sums = ByteBuffer.allocate(PARTS * Long.BYTES);
        for (int part = 0; part < PARTS; part++) {
            sums.putLong(crc(contents, part * PART, PART));
        }
        return crc(sums.array(), 0, sums.capacity());
    }

    private static long crc(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return crc.getValue();
    }

    @Test
    void whatNobodyDrivesIsNamed() {
        String console =
                boot(
                                "q35",
                                1,
                                "devices",
                                "-device",
                                "e1000,romfile=",
                                "-device",
                                "virtio-net-pci,romfile=",
                                "-device",
                                "edu",
                                "-device",
                                "virtio-balloon-pci",
                                "-device",
                                "nvme,serial=none")
                        .console();
        String none = "this image has no driver for pci 0000:00:";
        assertEquals(
                List.of(
                        "arguments []",
                        none + "03.0 [1234:11e8] QEMU, device of no class",
                        none + "04.0 [1af4:1002] Red Hat (virtio), device of no class",
                        none + "05.0 [1b36:0010] Red Hat (QEMU), NVM controller",
                        none + "01.0 [8086:100e] Intel, Ethernet controller"),
                console.lines().filter(line -> !line.startsWith("qemu-")).toList());
    }

    /** They are behind the program's own words. */
    @Test
    void theProgramDoesNotSeeTheWordsOfDevices() {
        String[] device = {"-device", "virtio-balloon-device", "-device", "virtio-rng-device"};
        String console = boot(MICROVM, 1, "devices one two", device).console();
        assertTrue(
                console.matches(
                        "arguments \\[one, two\\]\n"
                                + "this image has no driver for virtio-balloon \\(mmio"
                                + " 0x[0-9a-f]+\\)\n"),
                console);
        console = boot(MICROVM, 1, "devices virtio_mmio.device=4@7:x", device).console();
        assertTrue(console.contains("command line: virtio_mmio.device=4@7:x: "), console);
        assertTrue(console.startsWith("arguments []\n"), console);
    }

    /** The compiler finds out which they are. */
    @Test
    void driversThatAProgramCallsAreInItsImage() {
        String report = Cortado.command("inspect", Probe.image().toString()).console();
        for (String driver :
                List.of("pci", "virtio.mmio", "virtio.block", "virtio.entropy", "virtio.network")) {
            assertTrue(report.contains("\n  " + driver + ' '), report);
        }
        String from = "the program uses the network\n +from dev\\.cortado\\.system\\.guest\\.";
        assertTrue(Pattern.compile(from).matcher(report).find(), report);
        String to = "\n +to dev\\.cortado\\.drivers\\.virtio\\.network\\.VirtioNet\\.";
        assertTrue(Pattern.compile(to).matcher(report).find(), report);
    }
}
