package dev.cortado.image.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.disk.DiskImage;
import dev.cortado.boot.disk.DiskLayout;
import dev.cortado.image.TestObjects;
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
        new DiskImageWriter().write(TestObjects.image(), file);
        good = Files.readAllBytes(file);
    }

    @Test
    void holdsTheElfFileAsItIs() throws IOException {
        Path elf = directory.resolve("hello.elf");
        new ElfImageWriter().write(TestObjects.image(), elf);
        byte[] expected = Files.readAllBytes(elf);
        int offset = DiskLayout.IMAGE_OFFSET;
        assertArrayEquals(expected, Arrays.copyOfRange(good, offset, offset + expected.length));
        ImageFile image = ImageFile.read(file);
        ImageFile inner = ImageFile.read(elf);
        assertEquals(ImageFormat.DISK, image.format());
        assertEquals(List.of("bios"), image.bootProtocols());
        assertEquals(Optional.of(""), image.commandLine());
        assertEquals(inner.segments(), image.segments());
        assertEquals(inner.manifest(), image.manifest());
        assertEquals(good.length, image.size());
    }

    @Test
    void hasAPartitionThatCoversTheImage() {
        ByteBuffer disk = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0, good.length % DiskLayout.GRANULE);
        assertEquals((byte) 0x80, disk.get(446), "bootable");
        assertEquals((byte) 0xDA, disk.get(450), "not a file system");
        int first = disk.getInt(454);
        int end = first + disk.getInt(458);
        assertEquals(24, first);
        assertTrue(end * 512L <= good.length && end * 512L > good.length - 4096);
        assertEquals(0, disk.getLong(462), "no second partition");
        assertEquals((short) 0xAA55, disk.getShort(510));
    }

    @Test
    void readsACommandLineThatWasWrittenToIt() throws IOException {
        byte[] line = "-Da=b c\0rest".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(line, 0, good, DiskLayout.COMMAND_LINE_OFFSET, line.length);
        Files.write(file, good);
        assertEquals(Optional.of("-Da=b c"), ImageFile.read(file).commandLine());
        Arrays.fill(good, DiskLayout.COMMAND_LINE_OFFSET, DiskLayout.IMAGE_OFFSET, (byte) 'a');
        assertTrue(error(good).contains("its command line has no end"));
    }

    @Test
    void aTruncatedDiskIsAUserError() throws IOException {
        for (int size = 0; size < good.length; size += size < 1100 ? 1 : 211) {
            error(Arrays.copyOf(good, size));
        }
        error(Arrays.copyOf(good, good.length + 4096));
    }

    @Test
    void aChangedByteIsAUserError() throws IOException {
        Random random = new Random(SEED);
        int end = DiskLayout.IMAGE_OFFSET + Math.toIntExact(imageSize());
        for (int i = 0; i < 500; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(i % 2 == 0 ? DiskLayout.BOOT_SIZE : end);
            boolean commandLine =
                    at >= DiskLayout.COMMAND_LINE_OFFSET && at < DiskLayout.IMAGE_OFFSET;
            // The sum of the boot area's words is the loader's business.
            int sum = DiskLayout.HEADER_OFFSET + DiskLayout.SUM;
            if (!commandLine && (at < sum || at >= sum + 4)) {
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
            disk.putInt(DiskLayout.HEADER_OFFSET + DiskLayout.CHECKSUM, DiskImage.checksum(disk));
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

    private long imageSize() {
        return ByteBuffer.wrap(good)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(DiskLayout.HEADER_OFFSET + DiskLayout.IMAGE_SIZE);
    }

    private String error(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        UserError error = assertThrows(UserError.class, () -> ImageFile.read(file));
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        assertEquals(1, error.getMessage().lines().count());
        return error.getMessage();
    }
}
