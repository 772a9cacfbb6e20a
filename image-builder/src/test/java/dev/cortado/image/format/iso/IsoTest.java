package dev.cortado.image.format.iso;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsoTest {
    private static final int PARTITION_SECTOR = 2048;
    private static final int PARTITION_SECTORS = 4096;

    @TempDir Path directory;

    @Test
    void theReaderSeesTheDisk() throws IOException {
        byte[] disk = TestDisks.bytes(new Random(TestDisks.SEED), 101);
        Path file = write(disk);
        try (ByteSource opened = FileSource.open(file)) {
            assertTrue(IsoImage.is(opened));
            assertArrayEquals(disk, TestDisks.readAll(IsoImage.open(opened)));
        }
        assertEquals(0, Files.size(file) % IsoVolume.SECTOR_BYTES);
    }

    /** El Torito, 2.1 to 2.4: the bytes of a catalog. */
    @Test
    void theCatalogIsAsTheSpecificationSays() {
        BootCatalog catalog = new BootCatalog();
        catalog.bios(0x123, 4);
        catalog.efi(0x456, 3 << 20);
        ByteBuffer bytes = catalog.sector().order(ByteOrder.LITTLE_ENDIAN);
        int sum = 0;
        for (int at = 0; at < 32; at += 2) {
            sum += bytes.getShort(at);
        }
        assertEquals(0, sum & 0xffff, "validation");
        assertEquals(0xAA55, bytes.getShort(30) & 0xffff);
        byte[] bios = {(byte) 0x88, 0, 0, 0, 0, 0, 4, 0, 0x23, 1, 0, 0};
        assertArrayEquals(bios, Arrays.copyOfRange(bytes.array(), 32, 44));
        byte[] header = {(byte) 0x91, (byte) 0xEF, 1, 0};
        assertArrayEquals(header, Arrays.copyOfRange(bytes.array(), 64, 68));
        byte[] efi = {(byte) 0x88, 0, 0, 0, 0, 0, 0, 0x18, 0x56, 4, 0, 0};
        assertArrayEquals(efi, Arrays.copyOfRange(bytes.array(), 96, 108));
    }

    @Test
    void xorrisoSeesTheEfiSystemPartitionOfTheDisk() throws IOException, InterruptedException {
        byte[] disk = diskWithPartition();
        Path file = write(disk);
        String report =
                String.join(
                        "\n", Tools.run("xorriso", "-indev", file, "-report_el_torito", "plain"));
        int sector = IsoVolume.DISK + PARTITION_SECTOR / 4;
        String line = "El Torito boot img : +2 +UEFI +y +none +0x0000 +0x00 +4096 +" + sector;
        assertTrue(report.lines().anyMatch(each -> each.matches(line)), report);
        Path back = directory.resolve("efi.img");
        Tools.run("xorriso", "-osirrox", "on", "-indev", file, "-extract", "/EFI.IMG", back);
        int start = PARTITION_SECTOR * 512;
        assertArrayEquals(
                Arrays.copyOfRange(disk, start, start + PARTITION_SECTORS * 512),
                Files.readAllBytes(back));
    }

    /** What sfdisk makes, with something in the partition. */
    private byte[] diskWithPartition() throws IOException, InterruptedException {
        Path disk = Files.write(directory.resolve("disk.img"), new byte[8 << 20]);
        Path script =
                Files.writeString(
                        directory.resolve("script"),
                        "label: gpt\nstart=%d, size=%d, type=uefi\n"
                                .formatted(PARTITION_SECTOR, PARTITION_SECTORS));
        Tools.run("sh", "-c", "/sbin/sfdisk -q '" + disk + "' < '" + script + "'");
        byte[] bytes = Files.readAllBytes(disk);
        byte[] noise = new byte[PARTITION_SECTORS * 512];
        new Random(TestDisks.SEED).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, PARTITION_SECTOR * 512, noise.length);
        return bytes;
    }

    @Test
    void aDamagedTableOfPartitionsIsNoReasonForAnythingElse()
            throws IOException, InterruptedException {
        byte[] disk = diskWithPartition();
        Random random = new Random(TestDisks.SEED);
        for (int i = 0; i < 2000; i++) {
            byte[] bad = disk.clone();
            int at = 512 + random.nextInt(i % 2 == 0 ? 100 : 1200);
            bad[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
            try {
                EfiPartition.find(TestDisks.source(bad))
                        .ifPresent(
                                found -> assertTrue(found.offset() + found.size() <= bad.length));
            } catch (UserError e) {
                assertTrue(e.getMessage().contains("EFI system partition"), e.getMessage());
            }
        }
    }

    @Test
    void aCdOfSomebodyElseIsToldFromOurs() throws IOException, InterruptedException {
        Path file = directory.resolve("other.iso");
        Path contents = Files.createDirectory(directory.resolve("contents"));
        Files.writeString(contents.resolve("README"), "text");
        Tools.run("xorriso", "-as", "mkisofs", "-quiet", "-o", file, contents);
        try (ByteSource opened = FileSource.open(file)) {
            assertTrue(IsoImage.is(opened));
            UserError error = assertThrows(UserError.class, () -> IsoImage.open(opened));
            assertTrue(error.getMessage().contains("none of Cortado's"), error.getMessage());
        }
    }

    @Test
    void aMutatedFileIsReadOrRefused() throws IOException {
        byte[] file = Files.readAllBytes(write(new byte[1 << 20]));
        int[] structures = new int[10];
        Arrays.setAll(structures, i -> 16 * 2048 + (i % 2 == 0 ? 120 : 5 * 2048));
        TestDisks.assertSurvivesMutations(file, structures, bytes -> {}, IsoImage::open);
    }

    private Path write(byte[] disk) {
        Path file = directory.resolve("a.iso");
        IsoWriter.write(TestDisks.source(disk), "a-b", file);
        return file;
    }
}
