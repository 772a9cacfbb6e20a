package dev.cortado.image.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Whatever is in a file, it is read, or refused in a line. (VhdxTest does the same to a VHDX.) */
class MutatedFormatTest {
    private static final int SEED = 20261129;
    private static final int ROUNDS = 60;

    /** Where most formats have their structures. */
    private static final int HEADERS = 4096;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(value = OutputFormat.class, mode = Mode.EXCLUDE, names = "VHDX")
    void aMutatedFileIsReadOrRefused(OutputFormat format) throws IOException {
        Path file = format.beside(directory.resolve("hello"));
        Conversion.convert(TestImages.fitting(format, directory), format, file);
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(SEED);
        int errors = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Files.write(file, mutated(good, random));
            try (OpenedImage opened = OpenedImage.open(file)) {
                opened.read();
            } catch (UserError e) {
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
                errors++;
            }
        }
        assertTrue(errors > 3, "errors: " + errors);
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bad = good.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int near = random.nextInt(4) == 0 ? bad.length : Math.min(bad.length, HEADERS);
            bad[random.nextInt(near)] = (byte) random.nextInt(256);
        }
        boolean isCut = random.nextInt(10) == 0;
        return isCut ? Arrays.copyOf(bad, random.nextInt(bad.length)) : bad;
    }
}
