package dev.cortado.runtime.file.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that util-linux's sfdisk makes, beside what it says of them. */
final class SfdiskTest {
    private static final Pattern LINE =
            Pattern.compile("\\S+?(\\d+) : start= *(\\d+), size= *(\\d+), type=([^,\\s]+)(.*)");

    private static final Pattern UUID = Pattern.compile("uuid=([^,\\s]+)");
    private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");

    @TempDir Path directory;

    private static String sfdisk() {
        for (String path : List.of("/usr/sbin/sfdisk", "/sbin/sfdisk", "/usr/bin/sfdisk")) {
            if (new File(path).canExecute()) {
                return path;
            }
        }
        return Assumptions.abort("sfdisk (Debian's package fdisk) is not installed");
    }

    private String run(String input, String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), output);
        return output;
    }

    private void compare(String script) throws Exception {
        String sfdisk = sfdisk();
        Path image = directory.resolve("disk");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(16 << 20);
        }
        run(script, sfdisk, "--quiet", image.toString());
        List<String> expected =
                run("", sfdisk, "--dump", image.toString())
                        .lines()
                        .map(LINE::matcher)
                        .filter(Matcher::matches)
                        .filter(line -> !line.group(4).equals("5"))
                        .map(SfdiskTest::describe)
                        .toList();
        assertTrue(expected.size() > 1, expected.toString());
        PartitionTable table =
                PartitionTable.read(new ByteStorage("vda", Files.readAllBytes(image), 512));
        assertEquals(List.of(), table.problems());
        assertEquals(expected, table.partitions().stream().map(SfdiskTest::describe).toList());
    }

    private static String describe(Matcher line) {
        Matcher uuid = UUID.matcher(line.group(5));
        Matcher name = NAME.matcher(line.group(5));
        return "%s %s %s %s %s %s"
                .formatted(
                        line.group(1),
                        line.group(2),
                        line.group(3),
                        line.group(4).toLowerCase(Locale.ROOT),
                        uuid.find() ? uuid.group(1).toLowerCase(Locale.ROOT) : "",
                        name.find() ? name.group(1) : "");
    }

    private static String describe(Partition partition) {
        boolean isGpt = partition.type().length() > 2;
        return "%d %d %d %s %s %s"
                .formatted(
                        partition.number(),
                        partition.start() / 512,
                        partition.bytes() / 512,
                        isGpt ? partition.type() : partition.type().replaceFirst("^0", ""),
                        isGpt ? partition.uuid() : "",
                        partition.label());
    }

    @Test
    void anMbrWithLogicalPartitions() throws Exception {
        compare(
                """
                label: dos
                size=1M, type=83
                size=2M, type=c
                type=5
                size=1M, type=83
                size=2M, type=82
                size=3M, type=83
                """);
    }

    @Test
    void aGpt() throws Exception {
        compare(
                """
                label: gpt
                size=1M, name="boot", type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B
                size=5M, name="Daten und mehr"
                size=3M, type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F
                """);
    }
}
