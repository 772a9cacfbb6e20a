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
    void fallsBackToSymbols() throws IOException {
        Files.writeString(
                SideFiles.symbols(image),
                """
                0000000000210000 00000000000003c0 t Hello_main_ddarK6OElQGu3sdzp1uptI
                00000000002103c0 0000000000000040 t Hello_XxPjs3vPbnFGMVlrzkXsdI
                0000000000210400 0000000000000010 t HashMap$Node_equals_GQ3iuZ06euLbWMwkdL0214
                0000000000210410 0000000000000020 T cortado_out8
                0000000000770000 0000000000001000 d table
                nonsense
                """);
        Sizes sizes = SizesReader.read(image);
        assertEquals(Sizes.Source.SYMBOLS, sizes.source());
        assertEquals(
                List.of(
                        new SizeEntry("Hello", 0, 0x400),
                        new SizeEntry("(boot code and entry points)", 0, 0x20),
                        new SizeEntry("HashMap$Node", 0, 0x10)),
                sizes.code());
        assertEquals(List.of(), sizes.heap());
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
    void mutatedSideFilesAreReadOrAUserError() throws IOException {
        Random random = new Random(SEED);
        byte[] symbols = "0000000000210000 00000000000003c0 t Hello_main_abc\n".getBytes();
        for (int i = 0; i < 1000; i++) {
            Path file = i % 2 == 0 ? SideFiles.sizes(image) : SideFiles.symbols(image);
            byte[] bytes = i % 2 == 0 ? InspectedImage.SIZES.getBytes() : symbols.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Files.write(file, bytes);
            try {
                SizesReader.read(image);
            } catch (UserError e) {
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            }
            Files.delete(file);
        }
    }
}
