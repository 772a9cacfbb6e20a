package dev.cortado.image.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.disk.DiskHeader;
import dev.cortado.boot.disk.DiskImage;
import dev.cortado.boot.disk.DiskLayout;
import dev.cortado.boot.gpt.PartitionTable;
import dev.cortado.image.TestObjects;
import dev.cortado.image.Tools;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskImageTest {
    private static final int SEED = 20261126;

    @TempDir Path directory;
    private Path file;
    private byte[] good;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("hello.img");
        new DiskImageWriter(DiskImage.Signer.NONE).write(TestObjects.image(), file);
        good = Files.readAllBytes(file);
    }

    @Test
    void holdsTheElfFileAsItIs() throws IOException {
        Path elf = directory.resolve("hello.elf");
        new ElfImageWriter().write(TestObjects.image(), elf);
        byte[] expected = Files.readAllBytes(elf);
        int offset = imageOffset();
        assertArrayEquals(expected, Arrays.copyOfRange(good, offset, offset + expected.length));
        ImageFile image = ImageFile.read(file);
        ImageFile inner = ImageFile.read(elf);
        assertEquals(ImageFormat.DISK, image.format());
        assertEquals(List.of("bios", "uefi"), image.bootProtocols());
        assertEquals(Optional.of(""), image.commandLine());
        assertEquals(inner.segments(), image.segments());
        assertEquals(inner.manifest(), image.manifest());
        assertEquals(good.length, image.size());
    }

    @Test
    void hasAProtectiveRecordForAllOfTheDisk() {
        ByteBuffer disk = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0, good.length % (1 << 20), "Azure takes whole MiB");
        assertEquals((byte) 0xEE, disk.get(450));
        assertEquals(1, disk.getInt(454));
        assertEquals(good.length / 512 - 1, disk.getInt(458));
        assertEquals(0, disk.getLong(462), "no second partition");
        assertEquals((short) 0xAA55, disk.getShort(510));
    }

    @Test
    void othersFindNothingWrongWithTableAndVolume() throws Exception {
        List<String> verified = Tools.run("sgdisk", "-v", file);
        assertTrue(
                verified.stream().anyMatch(line -> line.startsWith("No problems found")),
                verified.toString());
        Path volume = directory.resolve("volume");
        int end = good.length - PartitionTable.BACKUP_SECTORS * DiskLayout.SECTOR_SIZE;
        Files.write(volume, Arrays.copyOfRange(good, DiskLayout.VOLUME_OFFSET, end));
        Tools.run("fsck.fat", "-n", volume);
        Path loader = directory.resolve("loader.efi");
        Tools.run("mcopy", "-i", volume, "::EFI/BOOT/BOOTX64.EFI", loader);
        List<String> sections = Tools.run("objdump", "-h", loader);
        assertTrue(sections.toString().contains(".kernel"), sections.toString());
    }

    @Test
    void readsACommandLineThatWasWrittenToIt() throws IOException {
        byte[] line = "-Da=b c\0rest".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(line, 0, good, DiskLayout.COMMAND_LINE_OFFSET, line.length);
        Files.write(file, good);
        assertEquals(Optional.of("-Da=b c"), ImageFile.read(file).commandLine());
        int end = DiskLayout.COMMAND_LINE_OFFSET + DiskLayout.COMMAND_LINE_SIZE;
        Arrays.fill(good, DiskLayout.COMMAND_LINE_OFFSET, end, (byte) 'a');
        assertTrue(error(good).contains("its command line has no end"));
    }

    @Test
    void aTruncatedDiskIsAUserError() throws IOException {
        for (int size = 0; size < good.length; size += size < 1100 ? 1 : 4211) {
            error(Arrays.copyOf(good, size));
        }
        error(Arrays.copyOf(good, good.length + 4096));
    }

    @Test
    void aChangedByteIsAUserError() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(i % 2 == 0 ? imageOffset() : good.length);
            int line = at - DiskLayout.COMMAND_LINE_OFFSET;
            if (line < 0 || line >= DiskLayout.COMMAND_LINE_SIZE) {
                bad[at] ^= (byte) (1 + random.nextInt(255));
                error(bad);
            }
        }
    }

    @Test
    void aForgedHeaderIsAUserError() throws IOException {
        Random random = new Random(SEED);
        ByteBuffer disk = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 500; i++) {
            byte[] saved = good.clone();
            int at = DiskLayout.HEADER_OFFSET + random.nextInt(140);
            good[at] ^= (byte) (1 + random.nextInt(255));
            disk.putInt(DiskLayout.HEADER_OFFSET + DiskLayout.CHECKSUM, DiskHeader.checksum(disk));
            error(good);
            System.arraycopy(saved, 0, good, 0, good.length);
        }
    }

    @Test
    void otherDisksAreToldFromImages() throws IOException {
        byte[] other = new byte[1 << 20];
        other[510] = 0x55;
        other[511] = (byte) 0xAA;
        assertTrue(error(other).contains("is a disk, but none of Cortado's"), error(other));
        assertTrue(error(Arrays.copyOf(other, 512)).contains("none of Cortado's"));
    }

    private int imageOffset() {
        int sector =
                ByteBuffer.wrap(good)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt(DiskLayout.HEADER_OFFSET + DiskLayout.IMAGE_SECTOR);
        return sector * DiskLayout.SECTOR_SIZE;
    }

    private String error(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        UserError error = assertThrows(UserError.class, () -> ImageFile.read(file));
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        assertEquals(1, error.getMessage().lines().count());
        return error.getMessage();
    }
}
