package dev.cortado.image.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.TestObjects;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedImageTest {
    private static final int SEED = 20260101;

    @TempDir Path directory;
    private Path file;
    private byte[] good;

    @BeforeEach
    void write() {
        file = directory.resolve("hello");
        ByteBuffer bytes = new ElfImageWriter().toBytes(TestObjects.image());
        good = Arrays.copyOf(bytes.array(), bytes.limit());
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
    void aChangedByteIsAUserError() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 1000; i++) {
            byte[] bad = good.clone();
            // Half of the changes in headers and notes, where each byte means something.
            int at = random.nextInt(i % 2 == 0 ? 1500 : bad.length);
            bad[at] ^= (byte) (1 + random.nextInt(255));
            error(bad);
        }
    }

    /** Changes that the checksums do not catch, because they are computed anew. */
    @Test
    void aForgedImageIsReadOrAUserError() throws IOException {
        Random random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] bad = good.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bad[random.nextInt(1500)] = (byte) random.nextInt();
            }
            seal(bad);
            Files.write(file, bad);
            try {
                ImageFile.read(file);
                read++;
            } catch (UserError e) {
                assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
            }
        }
        assertTrue(read > 10, "forged images read: " + read);
    }

    private void seal(byte[] bytes) throws IOException {
        Files.write(file, good);
        ImageFile image = ImageFile.read(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        GuestImage original = TestObjects.image();
        int size = ImageChecksums.descriptionSize(image.segments().size());
        int end = find(good, ImageChecksums.description(checksums(image)), size) + size;
        List<ImageChecksums.Range> ranges = new ArrayList<>();
        int at = end;
        for (Segment segment : original.segments()) {
            at += (int) ((segment.virtualAddress() - at) & 0xfff);
            ranges.add(new ImageChecksums.Range(at, segment.contents().length));
            at += segment.contents().length;
        }
        var description = new ImageChecksums.Range(end - size, size);
        int[] values = ImageChecksums.compute(buffer, ranges, description);
        buffer.put(end - size, ImageChecksums.description(values));
    }

    private int[] checksums(ImageFile image) {
        int[] values = new int[1 + image.segments().size()];
        for (int i = 1; i < values.length; i++) {
            values[i] = image.segments().get(i - 1).checksum();
        }
        return values;
    }

    /** Where the checksums of the segments are; the first value is not known. */
    private static int find(byte[] in, byte[] what, int size) {
        for (int at = 0; at < in.length - size; at += 4) {
            if (Arrays.equals(in, at + 4, at + size, what, 4, size)) {
                return at;
            }
        }
        throw new AssertionError();
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
        try (var channel =
                Files.newByteChannel(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.position(1L << 31).write(ByteBuffer.wrap(new byte[1]));
        }
        UserError error = assertThrows(UserError.class, () -> ImageFile.read(file));
        assertTrue(error.getMessage().contains("larger than 2 GiB"));
    }
}
