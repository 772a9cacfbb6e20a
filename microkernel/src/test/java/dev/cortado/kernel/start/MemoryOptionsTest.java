package dev.cortado.kernel.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cortado.kernel.memory.ArrayMemory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryOptionsTest {
    private static final long MACHINE = 250 << 20;

    private final MemoryOptions options = new MemoryOptions();

    /** The word that is wrong and why, or nothing. */
    private String complaint(String commandLine) {
        ArrayMemory memory = CommandWordsTest.memory(commandLine);
        CommandWords words = new CommandWords(memory);
        long word = CommandWordsTest.TEXT;
        int count = words.split(word, commandLine.length());
        for (int i = 0; i < count; i++) {
            options.read(memory, word);
            word = words.next(word);
        }
        options.compare(MACHINE);
        if (!options.isWrong()) {
            return "";
        }
        return CommandWordsTest.word(memory, options.wrongWord())
                + new String(options.complaint(), StandardCharsets.US_ASCII).stripTrailing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-Xmx64m",
                "-Xmx250M -Xms250m -Xmn1K",
                "word -Xms100m -Dx=-Xmx1 --Xmx1",
                "-Xmx30000000 -Xint -Xmixed -Xm -X - -Xs -Xshare:off",
                "-Xss64k",
                "-Xss1G",
                "-Xmx1 -Xmx8m"
            })
    void sizesThatMakeSense(String line) {
        assertEquals("", complaint(line));
    }

    @ParameterizedTest
    @CsvSource({
        "-Xmxabc, -Xmxabc is not a size",
        "-Xmx, -Xmx is not a size",
        "-Xmx-5m, -Xmx-5m is not a size",
        "-Xmx5q, -Xmx5q is not a size",
        "-Xmx5mm, -Xmx5mm is not a size",
        "-Xms=5m, -Xms=5m is not a size",
        "-Xmx1k, -Xmx1k is too small: a heap",
        "-Xmx0, -Xmx0 is too small: a heap",
        "-Xmx8191k, -Xmx8191k is too small: a heap",
        "-Xmx251m, -Xmx251m is more memory",
        "-Xmx4096G, -Xmx4096G is more memory",
        "-Xmx99999999999999999999999, -Xmx99999999999999999999999 is more memory",
        "-Xmx99999999999t, -Xmx99999999999t is more memory",
        "-Xms1t, -Xms1t is more memory",
        "-Xmn251m, -Xmn251m is more memory",
        "-Xmx64m -Xms65m, -Xms65m is more than the heap",
        "-Xmn65m -Xmx64m, -Xmn65m is more than the heap",
        "-Xss63k, -Xss63k is too small: a stack",
        "-Xss1025m, -Xss1025m is too large: a stack",
        "word -Xss1 -Xmx1, -Xss1 is too small"
    })
    void sizesThatMakeNoSense(String line, String expected) {
        String complaint = complaint(line);
        assertEquals(
                expected, complaint.substring(0, Math.min(expected.length(), complaint.length())));
    }

    @Test
    void stackOfTheFirstThread() {
        assertEquals("", complaint("-Xmx100m -Xss1m -Xss300k"));
        assertEquals(300 << 10, options.stackBytes());
    }

    @Test
    void withoutAnOptionTheDefaultIsTaken() {
        assertEquals("", complaint("a b c"));
        assertFalse(options.isWrong());
        assertEquals(0, options.stackBytes());
    }
}
