package dev.cortado.image.elf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Symbol;
import dev.cortado.image.TestObjects;
import dev.cortado.image.Tools;
import dev.cortado.image.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfObjectReaderTest {
    private static final int SEED = 20260101;

    @TempDir Path directory;

    private static RelocatableObject read(byte[] file) {
        return new ElfObjectReader().read("test.o", ByteBuffer.wrap(file));
    }

    @Test
    void readsWhatWasWritten() {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            RelocatableObject written = RandomObjects.next(random);
            RelocatableObject read = read(ElfObjectWriter.write(written));
            assertEquals(
                    written.sections().stream().map(Section::name).toList(),
                    read.sections().stream().map(Section::name).toList());
            for (int j = 0; j < written.sections().size(); j++) {
                Section expected = written.sections().get(j);
                Section actual = read.sections().get(j);
                assertEquals(expected.kind(), actual.kind());
                assertEquals(expected.alignment(), actual.alignment());
                assertEquals(expected.size(), actual.size());
                assertArrayEquals(expected.contents(), actual.contents());
            }
            assertEquals(new HashSet<>(written.symbols()), new HashSet<>(read.symbols()));
            assertEquals(new HashSet<>(written.relocations()), new HashSet<>(read.relocations()));
        }
    }

    @Test
    void agreesWithReadelf() throws Exception {
        Path file = directory.resolve("program.o");
        Files.write(file, ElfObjectWriter.write(TestObjects.program()));
        RelocatableObject object = new ElfObjectReader().read(file);
        List<String> symbols = Tools.run("readelf", "-sW", file);
        for (Symbol symbol : object.symbols()) {
            String line =
                    symbols.stream()
                            .filter(each -> each.endsWith(" " + symbol.name()))
                            .findFirst()
                            .orElseThrow();
            String[] words = line.trim().split("\\s+");
            assertEquals(symbol.offset(), Long.parseLong(words[1], 16));
            assertEquals(symbol.size(), Long.parseLong(words[2]));
            assertEquals(symbol.function() ? "FUNC" : "OBJECT", words[3]);
            assertEquals(symbol.global() ? "GLOBAL" : "LOCAL", words[4]);
        }
        List<String> offsets =
                Tools.run("readelf", "-rW", file).stream()
                        .filter(line -> line.contains(" R_X86_64_"))
                        .map(line -> line.split(" ")[0])
                        .sorted()
                        .toList();
        assertEquals(
                object.relocations().stream()
                        .map(each -> "%016x".formatted(each.offset()))
                        .sorted()
                        .toList(),
                offsets);
    }

    @Test
    void anyTruncationIsAUserError() {
        byte[] file = ElfObjectWriter.write(TestObjects.program());
        for (int size = 0; size < file.length; size++) {
            byte[] truncated = Arrays.copyOf(file, size);
            assertThrows(UserError.class, () -> read(truncated), "size " + size);
        }
    }

    @Test
    void anyMutationIsReadOrAUserError() {
        Random random = new Random(SEED);
        byte[] file = ElfObjectWriter.write(TestObjects.program());
        int errors = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] mutated = file.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                // The heap's contents do not matter to the reader.
                int at =
                        random.nextInt(2) == 0
                                ? random.nextInt(Elf.HEADER_SIZE)
                                : file.length - 1 - random.nextInt(2000);
                mutated[at] = (byte) random.nextInt();
            }
            try {
                read(mutated);
            } catch (UserError e) {
                errors++;
                assertTrue(e.getMessage().startsWith("test.o "), e.getMessage());
            }
        }
        assertTrue(errors > 500, "mutations were noticed: " + errors);
    }

    @Test
    void namesTheSectionOfAnUnknownRelocationType() {
        byte[] file = ElfObjectWriter.write(TestObjects.program());
        int relocation = find(file, relocation(17, 2));
        file[relocation + 8] = 42;
        UserError error = assertThrows(UserError.class, () -> read(file));
        assertEquals(
                "test.o cannot be linked: .text has a relocation of type 42 at offset 17",
                error.getMessage());
    }

    private static byte[] relocation(long offset, int type) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(offset)
                .putInt(type)
                .array();
    }

    private static int find(byte[] file, byte[] part) {
        for (int at = 0; at < file.length - part.length; at++) {
            if (Arrays.equals(file, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError();
    }

    @Test
    void namesAFileThatIsMissing() {
        Path missing = directory.resolve("missing.o");
        UserError error = assertThrows(UserError.class, () -> new ElfObjectReader().read(missing));
        assertTrue(error.getMessage().contains(missing.toString()));
    }
}
