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
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image for VMware on QEMU, which has a likeness of its backdoor. */
@EnabledIfSystemProperty(
        named = "cortado.hypervisors",
        matches = "true",
        disabledReason = "an image of its own, which takes two minutes more")
final class VmwareIT {
    /** What the battery-backed clock says. */
    private static final Instant OTHER_TIME = Instant.parse("2011-02-03T04:05:06Z");

    private static final long HOUR_MILLIS = 3_600_000;
    private static final Pattern TIME = Pattern.compile("time: (-?\\d+) ");

    @TempDir Path directory;

    /** The image as a disk, with a probe's name on it. */
    private Path disk(String probe) throws IOException {
        Path image = Cortado.build(Program.probes(), "vmware", "--target", "vmware");
        Path disk = Files.copy(image, directory.resolve("disk"));
        try (FileChannel file = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            byte[] line = (probe + '\0').getBytes(StandardCharsets.US_ASCII);
            file.write(ByteBuffer.wrap(line), DiskLayout.COMMAND_LINE_OFFSET);
        }
        return disk;
    }

    private Session boot(String machine, int cpus, String probe) throws IOException {
        return new Session(
                List.of(
                        "qemu-system-x86_64",
                        "-machine",
                        machine,
                        "-accel",
                        "tcg",
                        "-cpu",
                        "max",
                        "-smp",
                        Integer.toString(cpus),
                        "-m",
                        "128",
                        "-nodefaults",
                        "-no-reboot",
                        "-display",
                        "none",
                        "-serial",
                        "stdio",
                        "-rtc",
                        "base=" + OTHER_TIME.toString().replace("Z", ""),
                        "-drive",
                        "format=raw,if=ide,file=" + disk(probe)));
    }

    private static long ask(Session session) {
        session.type("now\n");
        Matcher matcher = TIME.matcher(session.awaitLine("time: "));
        assertTrue(matcher.find());
        return Long.parseLong(matcher.group(1));
    }

    /** QEMU's likeness of VMware answers, but has no command that tells the time. */
    @ParameterizedTest
    @CsvSource({"'pc,vmport=off', 1", "'pc,vmport=on', 1", "'q35,vmport=on', 2"})
    void withoutItThereIsTheClockOfAPc(String machine, int cpus) throws IOException {
        try (Session session = boot(machine, cpus, "time")) {
            session.await("type\n");
            long apart = ask(session) - OTHER_TIME.toEpochMilli();
            assertEquals(0, apart / HOUR_MILLIS, apart + " ms");
        }
    }
}
