package dev.cortado.image.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedImageTest {
    private static final int SEED = 20260101;

    @TempDir Path directory;
    private final ForgedImages images = new ForgedImages();
    private final byte[] good = images.good();
    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("hello");
    }

    private String error(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        UserError error = assertThrows(UserError.class, () -> ImageFile.read(file));
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        assertEquals(1, error.getMessage().lines().count());
        return error.getMessage();
    }

    @Test
    void aTruncatedImageIsAUserError() throws IOException {
        for (int size = 0; size < good.length; size += size < 2000 ? 1 : 97) {
            error(Arrays.copyOf(good, size));
        }
        error(Arrays.copyOf(good, good.length - 1));
    }

    @Test
    void aLongerImageIsAUserError() throws IOException {
        error(Arrays.copyOf(good, good.length + 1));
    }

    @Test
    void aChangedByteIsAUserError() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 1000; i++) {
            byte[] bad = good.clone();
            // Half of the changes in headers and notes, where each byte means something.
            int at = random.nextInt(i % 2 == 0 ? ForgedImages.HEADERS : bad.length);
            bad[at] ^= (byte) (1 + random.nextInt(255));
            error(bad);
        }
    }

    @Test
    void aForgedImageIsReadOrAUserError() throws IOException {
        Random random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < 1000; i++) {
            Files.write(file, images.next(random));
            try {
                ImageFile.read(file);
                read++;
            } catch (UserError e) {
                assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
            }
        }
        assertTrue(read > 10, "forged images read: " + read);
    }

    @Test
    void namesTheSegmentThatIsDamaged() throws IOException {
        byte[] bad = good.clone();
        bad[0x1000] ^= 1;
        assertTrue(error(bad).contains("the checksum of the segment rodata"), error(bad));
    }

    @Test
    void tellsOtherFilesFromImages() throws IOException {
        assertTrue(error(new byte[0]).contains("is not an ELF file"));
        assertTrue(error("#!/bin/sh\n".repeat(100).getBytes()).contains("is not an ELF file"));
        Path missing = directory.resolve("missing");
        assertThrows(UserError.class, () -> ImageFile.read(missing));
        assertThrows(UserError.class, () -> ImageFile.read(directory));
    }

    @Test
    void aFileLargerThanAnyImageIsNotRead() throws IOException {
        // Sparse: takes no space on file systems that can do that.
        try (SeekableByteChannel channel =
                Files.newByteChannel(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.position(1L << 31).write(ByteBuffer.wrap(new byte[1]));
        }
        UserError error = assertThrows(UserError.class, () -> ImageFile.read(file));
        assertTrue(error.getMessage().contains("larger than 2 GiB"));
    }
}
