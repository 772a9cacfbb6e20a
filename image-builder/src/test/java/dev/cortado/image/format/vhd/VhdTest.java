package dev.cortado.image.format.vhd;

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
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VhdTest {
    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"true,1", "false,1", "true,1001", "false,1001"})
    void qemuAndTheReaderSeeTheDisk(boolean fixed, int pages)
            throws IOException, InterruptedException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED + pages), pages);
        Path file = write(fixed, disk);
        try (ByteSource opened = FileSource.open(file)) {
            assertTrue(VhdDisk.is(opened));
            assertEquals(fixed, VhdDisk.isFixed(opened));
            assertArrayEquals(disk, TestDisks.readAll(VhdDisk.open(opened)));
        }
        TestDisks.assertQemuReads(file, "vpc", disk);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(write(fixed, disk)));
    }

    @Test
    void zerosTakeNoRoom() throws IOException {
        assertTrue(Files.size(write(false, new byte[64 << 20])) <= 4096);
    }

    /** "Appendix: CHS Calculation": sizes on both sides of each of its decisions. */
    @ParameterizedTest
    @CsvSource({
        "8, 0, 4, 17",
        "69632, 140, 16, 31",
        "71680, 843, 5, 17",
        "1048576, 1040, 16, 63",
        "2097152, 2080, 16, 63",
        "16777216, 16644, 16, 63",
        "66059279, 65534, 16, 63",
        "66059280, 16191, 16, 255",
        "4294967296, 65535, 16, 255"
    })
    void hasTheGeometryOfTheSpecification(long sectors, int cylinders, int heads, int perTrack) {
        assertEquals(cylinders << 16 | heads << 8 | perTrack, VhdFooter.geometry(sectors));
    }

    @Test
    void readsWhatQemuHasWritten() throws IOException, InterruptedException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED), 512);
        Path raw = Files.write(directory.resolve("a.raw"), disk);
        Path file = directory.resolve("b.vhd");
        for (String kind : new String[] {"fixed", "dynamic"}) {
            String options = "force_size=on,subformat=" + kind;
            Tools.run("qemu-img", "convert", "-O", "vpc", "-o", options, raw, file);
            try (ByteSource read = VhdDisk.open(FileSource.open(file))) {
                assertArrayEquals(disk, TestDisks.readAll(read));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMutatedFileIsReadOrRefused(boolean repaired) throws IOException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED), 300);
        byte[] file = Files.readAllBytes(write(false, disk));
        Consumer<ByteBuffer> repair = repaired ? VhdTest::repair : bytes -> {};
        int[] structures = {0, 512, 1536};
        TestDisks.assertSurvivesMutations(file, structures, repair, VhdDisk::open);
    }

    /** Whoever damages a file on purpose makes its checksums right. */
    private static void repair(ByteBuffer file) {
        int end = file.limit() - VhdFooter.BYTES;
        if (end >= 2048) {
            file.put(end, file, 0, VhdFooter.BYTES);
            ByteBuffer footer = file.slice(end, VhdFooter.BYTES);
            footer.putInt(VhdFooter.CHECKSUM, VhdFooter.checksum(footer, VhdFooter.CHECKSUM));
            ByteBuffer header = file.slice(VhdFooter.BYTES, VhdFooter.DYNAMIC_BYTES);
            int checksum = VhdFooter.checksum(header, VhdFooter.DYNAMIC_CHECKSUM);
            header.putInt(VhdFooter.DYNAMIC_CHECKSUM, checksum);
        }
    }

    @Test
    void aDifferencingDiskIsRefused() throws IOException {
        byte[] file = Files.readAllBytes(write(true, new byte[1 << 20]));
        ByteBuffer footer = ByteBuffer.wrap(file).slice(1 << 20, VhdFooter.BYTES);
        footer.putInt(VhdFooter.TYPE, 4);
        footer.putInt(VhdFooter.CHECKSUM, VhdFooter.checksum(footer, VhdFooter.CHECKSUM));
        UserError error = assertThrows(UserError.class, () -> VhdDisk.open(TestDisks.source(file)));
        assertTrue(error.getMessage().contains("of type 4"), error.getMessage());
    }

    private Path write(boolean fixed, byte[] disk) {
        Path file = directory.resolve("a.vhd");
        if (fixed) {
            VhdWriter.writeFixed(TestDisks.source(disk), file);
        } else {
            VhdWriter.writeDynamic(TestDisks.source(disk), file);
        }
        return file;
    }
}
