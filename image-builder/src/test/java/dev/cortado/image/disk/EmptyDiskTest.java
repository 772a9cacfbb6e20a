package dev.cortado.image.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.Tools;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmptyDiskTest {
    @TempDir Path directory;

    @Test
    void makesRawDisksThatTakeNoRoom() throws IOException, InterruptedException {
        Path file = directory.resolve("a.img");
        EmptyDisk.create(file, DiskFormat.RAW, (10L << 30) - 1);
        assertEquals(10L << 30, Files.size(file));
        long kibibytes = Long.parseLong(Tools.run("du", "-k", file).getFirst().split("\t")[0]);
        assertTrue(kibibytes < 64, kibibytes + " KiB");
        assertEquals(DiskFormat.RAW, DiskFormat.of(file));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 512, 1 << 20, (512L << 20) + 1, 10L << 30, (4L << 40) + 512, 1L << 50})
    void makesDisksThatQemuTakes(long bytes) throws IOException, InterruptedException {
        Path file = directory.resolve("a.qcow2");
        EmptyDisk.create(file, DiskFormat.QCOW2, bytes);
        assertEquals(DiskFormat.QCOW2, DiskFormat.of(file));
        String check = String.join("\n", Tools.run("qemu-img", "check", file));
        assertTrue(check.contains("No errors were found"), check);
        assertFalse(check.contains("leaked"), check);
        String facts = String.join("\n", Tools.run("qemu-img", "info", file));
        long size = Math.ceilDiv(bytes, 512) * 512;
        assertTrue(facts.contains("file format: qcow2"), facts);
        assertTrue(facts.contains("(" + size + " bytes)"), facts);
        assertTrue(facts.contains("corrupt: false"), facts);
    }

    @Test
    void qemuReadsAndWritesThem() throws IOException, InterruptedException {
        Path file = directory.resolve("a.qcow2");
        EmptyDisk.create(file, DiskFormat.QCOW2, 5L << 40);
        Tools.run(
                "qemu-io",
                "-f",
                "qcow2",
                "-c",
                "read -P 0 0 1M",
                "-c",
                "write -P 7 4T 1M",
                "-c",
                "read -P 7 4T 1M",
                file);
        String check = String.join("\n", Tools.run("qemu-img", "check", file));
        assertTrue(check.contains("No errors were found"), check);
    }

    @Test
    void keepsWhatIsThere() throws IOException {
        Path file = Files.writeString(directory.resolve("a.img"), "precious");
        String message =
                assertThrows(UserError.class, () -> EmptyDisk.create(file, DiskFormat.RAW, 1 << 20))
                        .getMessage();
        assertTrue(message.contains(file.toString()), message);
        assertEquals("precious", Files.readString(file));
    }

    @Test
    void leavesNothingBehindWhenItFails() {
        Path none = directory.resolve("none/a.img");
        assertThrows(UserError.class, () -> EmptyDisk.create(none, DiskFormat.RAW, 1 << 20));
        Path file = directory.resolve("a.img");
        assertThrows(UserError.class, () -> EmptyDisk.create(file, DiskFormat.RAW, 0));
        assertThrows(UserError.class, () -> EmptyDisk.create(file, DiskFormat.RAW, Long.MAX_VALUE));
        assertThrows(
                UserError.class, () -> EmptyDisk.create(file, DiskFormat.QCOW2, (1L << 50) + 1));
        assertFalse(Files.exists(file));
    }

    @Test
    void tellsFormatsApart() throws IOException {
        Path file = directory.resolve("a");
        Files.write(file, new byte[0]);
        assertEquals(DiskFormat.RAW, DiskFormat.of(file));
        Files.write(file, new byte[] {'Q', 'F', 'I'});
        assertEquals(DiskFormat.RAW, DiskFormat.of(file));
        Files.write(file, new byte[] {'Q', 'F', 'I', (byte) 0xFB, 0});
        assertEquals(DiskFormat.QCOW2, DiskFormat.of(file));
        assertThrows(UserError.class, () -> DiskFormat.of(directory));
        assertThrows(UserError.class, () -> DiskFormat.of(directory.resolve("none")));
        assertEquals(DiskFormat.QCOW2, DiskFormat.named(Path.of("x.QCOW2")));
        assertEquals(DiskFormat.RAW, DiskFormat.named(Path.of("x.img")));
    }
}
