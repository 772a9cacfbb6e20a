package dev.cortado.image.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import dev.cortado.image.image.SideFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizesReaderTest {
    private static final int SEED = 20260101;

    @TempDir Path directory;
    private Path image;

    @BeforeEach
    void nameImage() {
        image = directory.resolve("hello");
    }

    @Test
    void readsTheCompilersReport() throws IOException {
        Files.writeString(SideFiles.sizes(image), InspectedImage.SIZES);
        Sizes sizes = SizesReader.read(image);
        assertEquals(Sizes.Source.COMPILER, sizes.source());
        assertEquals(new SizeEntry("java.util.HashMap", 0, 3000), sizes.code().getFirst());
        assertEquals(new SizeEntry("byte[] for strings", 9, 900), sizes.heap().getFirst());
        assertEquals(
                List.of(
                        new SizeEntry("java.util", 0, 3200),
                        new SizeEntry("com.oracle.svm.core", 0, 1000),
                        new SizeEntry("dev.cortado.kernel", 0, 400),
                        new SizeEntry("(unnamed package)", 0, 50)),
                Sizes.packages(sizes.code()));
        assertEquals(
                List.of(
                        new SizeEntry("(primitive arrays)", 9, 900),
                        new SizeEntry("java.lang", 13, 840)),
                Sizes.packages(sizes.heap()));
    }

    @Test
    void knowsNothingWhereNothingIs() {
        assertEquals(Sizes.Source.NONE, SizesReader.read(image).source());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"code\":{}}",
                "{\"code\":{\"A\":-1},\"heap\":{}}",
                "{\"code\":{\"A\":null},\"heap\":{}}",
                "{\"code\":{\"A\":9223372036854775807,\"B\":1},\"heap\":{}}",
                "{\"code\":{},\"heap\":{\"A\":null}}",
                "{\"code\":{},\"heap\":{\"A\":{\"count\":1}}}"
            })
    void whatIsNoReportIsAUserError(String json) throws IOException {
        Files.writeString(SideFiles.sizes(image), json);
        UserError error = assertThrows(UserError.class, () -> SizesReader.read(image));
        assertTrue(error.getMessage().startsWith(SideFiles.sizes(image) + " cannot be read"));
    }

    @Test
    void mutatedReportsAreReadOrAUserError() throws IOException {
        Random random = new Random(SEED);
        Path file = SideFiles.sizes(image);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = InspectedImage.SIZES.getBytes();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Files.write(file, bytes);
            try {
                SizesReader.read(image);
            } catch (UserError e) {
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            }
        }
    }
}
