package dev.cortado.image.format.vmdk;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VmdkTest {
    private static final int HEADER_AND_TABLES = 64 << 10;

    @TempDir Path directory;

    /** Both kinds; a second table of grains begins behind 32 MiB. */
    static Stream<Arguments> disks() {
        return Stream.of(1, 1001, 8193 + 70)
                .flatMap(pages -> writers().map(each -> Arguments.of(each, pages)));
    }

    static Stream<Kind> writers() {
        return Stream.of(Kind.values());
    }

    enum Kind {
        SPARSE(MonolithicSparseWriter::write, false),
        STREAM(StreamOptimizedWriter::write, true);

        private final BiConsumer<ByteSource, Path> writer;
        private final boolean isStream;

        Kind(BiConsumer<ByteSource, Path> writer, boolean isStream) {
            this.writer = writer;
            this.isStream = isStream;
        }
    }

    @ParameterizedTest
    @MethodSource("disks")
    void qemuAndTheReaderSeeTheDisk(Kind kind, int pages) throws IOException, InterruptedException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED + pages), pages);
        Path file = write(kind, disk);
        try (ByteSource opened = FileSource.open(file)) {
            assertTrue(VmdkDisk.is(opened));
            assertEquals(kind.isStream, VmdkDisk.isStreamOptimized(opened));
            assertArrayEquals(disk, TestDisks.readAll(VmdkDisk.open(opened)));
        }
        TestDisks.assertQemuReads(file, "vmdk", disk);
        String check = String.join("\n", Tools.run("qemu-img", "check", "-f", "vmdk", file));
        assertTrue(check.contains("No errors were found"), check);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(write(kind, disk)));
    }

    @ParameterizedTest
    @MethodSource("writers")
    void zerosTakeNoRoom(Kind kind) throws IOException {
        assertTrue(Files.size(write(kind, new byte[64 << 20])) <= 192 << 10);
    }

    @Test
    void readsWhatQemuHasWritten() throws IOException, InterruptedException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED), 512);
        Path raw = Files.write(directory.resolve("a.raw"), disk);
        Path file = directory.resolve("b.vmdk");
        for (String kind : new String[] {"monolithicSparse", "streamOptimized"}) {
            Tools.run("qemu-img", "convert", "-O", "vmdk", "-o", "subformat=" + kind, raw, file);
            try (ByteSource read = VmdkDisk.open(FileSource.open(file))) {
                assertArrayEquals(disk, TestDisks.readAll(read));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void aMutatedFileIsReadOrRefused(Kind kind) throws IOException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED), 60);
        byte[] file = Files.readAllBytes(write(kind, disk));
        TestDisks.assertSurvivesMutations(file, 80, VmdkDisk::open);
        TestDisks.assertSurvivesMutations(
                file, Math.min(HEADER_AND_TABLES, file.length), VmdkDisk::open);
    }

    @Test
    void theFooterOfAStreamCounts() throws IOException {
        byte[] file = Files.readAllBytes(write(Kind.STREAM, new byte[1 << 20]));
        byte[] cut = Arrays.copyOf(file, file.length - 512);
        UserError error = assertThrows(UserError.class, () -> VmdkDisk.open(TestDisks.source(cut)));
        assertTrue(error.getMessage().contains("it has no footer"), error.getMessage());
    }

    private Path write(Kind kind, byte[] disk) {
        Path file = directory.resolve("a.vmdk");
        kind.writer.accept(TestDisks.source(disk), file);
        return file;
    }
}
