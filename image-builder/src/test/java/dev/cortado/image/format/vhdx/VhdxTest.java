package dev.cortado.image.format.vhdx;

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
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VhdxTest {
    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 256, 2001})
    void qemuAndTheReaderSeeTheDisk(int pages) throws IOException, InterruptedException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED + pages), pages);
        Path file = write(disk);
        try (ByteSource opened = FileSource.open(file)) {
            assertTrue(VhdxDisk.is(opened));
            assertArrayEquals(disk, TestDisks.readAll(VhdxDisk.open(opened)));
        }
        TestDisks.assertQemuReads(file, "vhdx", disk);
        String check = String.join("\n", Tools.run("qemu-img", "check", "-f", "vhdx", file));
        assertTrue(check.contains("No errors were found"), check);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(write(disk)));
    }

    @Test
    void mostOfWhatIsNoDataTakesNoRoom() throws IOException, InterruptedException {
        Path file = write(new byte[64 << 20]);
        assertEquals(4 << 20, Files.size(file));
        long kibibytes = Long.parseLong(Tools.run("du", "-k", file).getFirst().split("\t")[0]);
        assertTrue(kibibytes < 320, kibibytes + " KiB");
    }

    /** MS-VHDX 2.5: behind 4 GiB of blocks, there is an entry for a block of bits. */
    @Test
    void readsWhatQemuHasWrittenBehindABlockOfBits() throws IOException, InterruptedException {
        Path file = directory.resolve("large.vhdx");
        Tools.run("qemu-img", "create", "-f", "vhdx", "-o", "block_size=1M", file, "9G");
        Tools.run("qemu-io", "-f", "vhdx", "-c", "write -P 7 8193M 64k", file);
        ByteBuffer read = ByteBuffer.allocate(64 << 10);
        try (ByteSource disk = VhdxDisk.open(FileSource.open(file))) {
            assertEquals(9L << 30, disk.size());
            disk.read(8193L << 20, read);
            assertTrue(disk.zeros(4L << 30) >= 4000L << 20);
        }
        byte[] expected = new byte[64 << 10];
        Arrays.fill(expected, (byte) 7);
        assertArrayEquals(expected, read.array());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMutatedFileIsReadOrRefused(boolean metadata) throws IOException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED), 600);
        byte[] file = Files.readAllBytes(write(disk));
        int[] structures =
                metadata
                        ? new int[] {2 << 20, (2 << 20) + (64 << 10), 3 << 20}
                        : new int[] {0, 64 << 10, 128 << 10, 192 << 10, 256 << 10};
        TestDisks.assertSurvivesMutations(file, structures, VhdxTest::repair, VhdxDisk::open);
    }

    /** Whoever damages a file on purpose makes its checksums right. */
    private static void repair(ByteBuffer file) {
        if (file.limit() >= 1 << 20) {
            for (int i = 0; i < 2; i++) {
                repair(file, VhdxLayout.HEADERS[i], VhdxLayout.HEADER_BYTES);
                repair(file, VhdxLayout.REGION_TABLES[i], VhdxLayout.REGION_TABLE_BYTES);
            }
        }
    }

    private static void repair(ByteBuffer file, int at, int bytes) {
        ByteBuffer structure = file.slice(at, bytes).order(ByteOrder.LITTLE_ENDIAN);
        structure.putInt(VhdxLayout.CHECKSUM, VhdxLayout.checksum(structure));
    }

    @Test
    void aFileThatWasNotClosedIsRefused() throws IOException {
        byte[] file = Files.readAllBytes(write(new byte[1 << 20]));
        ByteBuffer header = ByteBuffer.wrap(file).slice(VhdxLayout.HEADERS[1], 4096);
        header.order(ByteOrder.LITTLE_ENDIAN);
        VhdxLayout.putId(header, VhdxLayout.LOG_ID, new UUID(1, 2));
        repair(ByteBuffer.wrap(file));
        UserError error =
                assertThrows(UserError.class, () -> VhdxDisk.open(TestDisks.source(file)));
        assertTrue(error.getMessage().contains("was not closed"), error.getMessage());
    }

    /** MS-VHDX 2.2.3.2 and 2.6.1.2: a reader must not open what it does not know all of. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsRequiredAndNotKnownIsRefused(boolean metadata) throws IOException {
        byte[] file = Files.readAllBytes(write(new byte[1 << 20]));
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        UUID id = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
        int required = metadata ? metadata(bytes, id) : region(bytes, id);
        repair(bytes);
        assertEquals(1 << 20, VhdxDisk.open(TestDisks.source(file)).size());
        bytes.putInt(required, metadata ? VhdxLayout.REQUIRED : 1);
        repair(bytes);
        UserError error =
                assertThrows(UserError.class, () -> VhdxDisk.open(TestDisks.source(file)));
        assertTrue(error.getMessage().contains("has to be known (" + id), error.getMessage());
    }

    /** Adds a region to the first table; where its flags are. */
    private static int region(ByteBuffer file, UUID id) {
        int table = VhdxLayout.REGION_TABLES[0];
        int entry = table + VhdxLayout.REGION_ENTRIES + 2 * VhdxLayout.ENTRY_BYTES;
        VhdxLayout.putId(file, entry, id);
        file.putLong(entry + VhdxLayout.REGION_OFFSET, 1 << 20);
        file.putInt(entry + VhdxLayout.REGION_LENGTH, 1 << 20);
        file.putInt(table + VhdxLayout.REGION_COUNT, 3);
        return entry + VhdxLayout.REGION_REQUIRED;
    }

    /** Adds an item without bytes; where its flags are. */
    private static int metadata(ByteBuffer file, UUID id) {
        int table = 2 << 20;
        int entry = table + VhdxLayout.METADATA_ENTRIES + 5 * VhdxLayout.ENTRY_BYTES;
        VhdxLayout.putId(file, entry, id);
        file.putShort(table + VhdxLayout.METADATA_COUNT, (short) 6);
        return entry + VhdxLayout.ITEM_FLAGS;
    }

    private Path write(byte[] disk) {
        Path file = directory.resolve("a.vhdx");
        VhdxWriter.write(TestDisks.source(disk), file);
        return file;
    }
}
