package dev.cortado.image.format.qcow2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.Tools;
import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.FileSource;
import dev.cortado.image.format.bytes.TestDisks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Qcow2Test {
    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 1001})
    void qemuAndTheReaderSeeTheDisk(int pages) throws IOException, InterruptedException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED + pages), pages);
        Path file = write(disk);
        try (ByteSource read = Qcow2Disk.open(FileSource.open(file))) {
            assertArrayEquals(disk, TestDisks.readAll(read));
        }
        String check = String.join("\n", Tools.run("qemu-img", "check", file));
        assertTrue(check.contains("No errors were found"), check);
        TestDisks.assertQemuReads(file, "qcow2", disk);
    }

    @Test
    void theSameDiskGivesTheSameFile() throws IOException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED), 300);
        assertArrayEquals(Files.readAllBytes(write(disk)), Files.readAllBytes(write(disk)));
    }

    @Test
    void textTakesLessRoomAndZerosTakeNone() throws IOException {
        byte[] text = "one line of text\n".repeat(1 << 16).getBytes();
        assertTrue(Files.size(write(text)) < text.length / 2);
        assertTrue(Files.size(write(new byte[64 << 20])) <= 5 << 16);
    }

    @Test
    void readsWhatQemuHasWritten() throws IOException, InterruptedException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED), 500);
        Path raw = Files.write(directory.resolve("a.raw"), disk);
        Path file = directory.resolve("b.qcow2");
        for (String options : new String[] {"compat=1.1", "compat=0.10", "cluster_size=512"}) {
            Tools.run("qemu-img", "convert", "-c", "-O", "qcow2", "-o", options, raw, file);
            assertReads(disk, file);
            Tools.run("qemu-img", "convert", "-O", "qcow2", "-o", options, raw, file);
            assertReads(disk, file);
        }
    }

    private static void assertReads(byte[] disk, Path file) {
        try (ByteSource read = Qcow2Disk.open(FileSource.open(file))) {
            assertArrayEquals(disk, TestDisks.readAll(read));
        }
    }

    @Test
    void aMutatedFileIsReadOrRefused() throws IOException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED), 60);
        byte[] file = Files.readAllBytes(write(disk));
        TestDisks.assertSurvivesMutations(file, 112, Qcow2Disk::open);
        TestDisks.assertSurvivesMutations(file, file.length, Qcow2Disk::open);
    }

    @Test
    void saysWhatItDoesNotRead() throws IOException {
        assertRefused("bytes of a backing file", header -> header.putLong(8, 512));
        assertRefused("encrypted", header -> header.putInt(32, 1));
        assertRefused("version 9", header -> header.putInt(4, 9));
        assertRefused("in another file", header -> header.putLong(72, 4));
        assertRefused("not known (0x10)", header -> header.putLong(72, 16));
        assertRefused("2 to the power of 40", header -> header.putInt(20, 40));
        assertRefused("first table has 0 entries", header -> header.putInt(36, 0));
    }

    private void assertRefused(String message, java.util.function.Consumer<ByteBuffer> change)
            throws IOException {
        byte[] bytes = Files.readAllBytes(write(TestDisks.bytes(new Random(1), 20)));
        change.accept(ByteBuffer.wrap(bytes));
        UserError error =
                assertThrows(UserError.class, () -> Qcow2Disk.open(TestDisks.source(bytes)));
        assertTrue(error.getMessage().contains(message), error.getMessage());
        assertEquals(1, error.getMessage().lines().count());
    }

    private Path write(byte[] disk) {
        Path file = directory.resolve("a.qcow2");
        Qcow2Writer.write(TestDisks.source(disk), file);
        return file;
    }
}
