package dev.cortado.image.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.boot.linux.LinuxLayout;
import dev.cortado.image.TestObjects;
import dev.cortado.image.Tools;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxImageTest {
    private static final int SEED = 20261129;

    @TempDir Path directory;
    private Path file;
    private byte[] good;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("hello.bzimage");
        ImageWriter.of(Target.BZIMAGE).write(TestObjects.image(Target.BZIMAGE), file);
        good = Files.readAllBytes(file);
    }

    @Test
    void holdsTheElfFileAsItIs() throws IOException {
        Path elf = directory.resolve("hello.elf");
        new ElfImageWriter().write(TestObjects.image(Target.BZIMAGE), elf);
        byte[] expected = Files.readAllBytes(elf);
        int offset = LinuxLayout.SETUP_SIZE + LinuxLayout.IMAGE_OFFSET;
        assertArrayEquals(expected, Arrays.copyOfRange(good, offset, offset + expected.length));
        ImageFile image = ImageFile.read(file);
        assertEquals(ImageFormat.BZIMAGE, image.format());
        assertEquals(List.of("linux", "uefi"), image.bootProtocols());
        assertEquals(Optional.empty(), image.commandLine());
        assertEquals(ImageFile.read(elf).segments(), image.segments());
    }

    @Test
    void theFileCommandTakesItForAKernel() throws Exception {
        String words = String.join(" ", Tools.run("file", file));
        assertTrue(words.contains("Linux kernel x86 boot executable"), words);
    }

    @Test
    void aTruncatedFileIsAUserError() throws IOException {
        for (int size = 0; size < good.length; size += 211) {
            error(Arrays.copyOf(good, size));
        }
        error(Arrays.copyOf(good, good.length + 16));
    }

    @Test
    void aChangedByteIsAUserError() throws IOException {
        Random random = new Random(SEED);
        int headers = LinuxLayout.SETUP_SIZE + LinuxLayout.IMAGE_OFFSET;
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(i % 2 == 0 ? headers : good.length);
            bad[at] ^= (byte) (1 + random.nextInt(255));
            error(bad);
        }
    }

    private String error(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        UserError error = assertThrows(UserError.class, () -> ImageFile.read(file));
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        assertEquals(1, error.getMessage().lines().count());
        return error.getMessage();
    }
}
